#include <vector>

#include "labels/labels.h"
#include "report/format.h"
#include "report/report.h"

// What annotation programs read of an analysis: one set of tiers, in several formats.

namespace euphone {
namespace {

std::string SyllableLabel(const WordScore& word, const SyllableScore& syllable,
                          const PhoneSet& phones, PhoneAlphabet alphabet) {
  std::string label;
  for (std::size_t i = 0; i < syllable.syllable.count; ++i) {
    const Phone phone = word.phones[syllable.syllable.first + i].phone;
    if (alphabet == PhoneAlphabet::kIpa) {
      label += phones.Ipa(phone);
    } else {
      if (i > 0) label += ' ';
      label += phones.Arpabet(phone);
    }
  }
  return label;
}

Labels LabelsOf(const Analysis& analysis, const PhoneSet& phones, PhoneAlphabet alphabet) {
  std::vector<LabelTier> tiers = {
      {"sentences", {}}, {"words", {}}, {"syllables", {}}, {"phones", {}}, {"scores", {}}};
  const auto put = [&](LabelTier& tier, SampleSpan span, std::string text) {
    if (span.end <= span.begin) return;  // Annotation programs stumble over it.
    tier.labels.push_back(
        {Seconds(analysis, span.begin), Seconds(analysis, span.end), std::move(text)});
  };
  for (const SentenceScore& sentence : analysis.sentences) {
    const TextSpan written = analysis.script.sentences[sentence.sentence].span;
    put(tiers[0], sentence.span, WrittenText(analysis.script.original, written));
  }
  for (const WordScore& word : analysis.words) {
    put(tiers[1], word.span, word.text);
    for (const SyllableScore& syllable : word.syllables)
      put(tiers[2], syllable.span, SyllableLabel(word, syllable, phones, alphabet));
    for (const PhoneScore& phone : word.phones) {
      const bool ipa = alphabet == PhoneAlphabet::kIpa;
      put(tiers[3], phone.span, ipa ? phones.Ipa(phone.phone) : phones.Arpabet(phone.phone));
      put(tiers[4], phone.span, Decimal(phone.score, 0));
    }
  }
  return {.recording = analysis.id,
          .seconds = Seconds(analysis, analysis.samples),
          .tiers = std::move(tiers)};
}

}  // namespace

std::string WriteTextGrid(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options) {
  return WriteTextGrid(LabelsOf(analysis, phones, options.alphabet));
}

std::string WriteElan(const Analysis& analysis, const PhoneSet& phones,
                      const ReportOptions& options) {
  return WriteElan(LabelsOf(analysis, phones, options.alphabet));
}

std::string WriteAudacity(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options) {
  const Labels labels = LabelsOf(analysis, phones, options.alphabet);
  const LabelTier* tier = labels.Find(options.label_phones ? "phones" : "words");
  return WriteAudacity(
      {.recording = labels.recording, .seconds = labels.seconds, .tiers = {*tier}});
}

}  // namespace euphone
