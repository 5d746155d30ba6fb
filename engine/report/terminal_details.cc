#include "report/terminal_details.h"

#include <string>
#include <vector>

#include "report/feedback_text.h"
#include "report/format.h"
#include "report/marked_text.h"

namespace euphone {
namespace {

constexpr std::size_t kMostHeard = 3;

std::string ScoresText(const Phrases& phrases, const Scores& scores) {
  std::string text;
  const auto add = [&](std::string_view name, const std::optional<double>& score) {
    if (!score) return;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", name, Decimal(*score, 1));
  };
  add(phrases.total, scores.total);
  add(phrases.accuracy, scores.accuracy);
  add(phrases.fluency, scores.fluency);
  add(phrases.completeness, scores.completeness);
  add(phrases.prosody, scores.prosody);
  return text;
}

void PutSentences(const Analysis& analysis, const Phrases& phrases, Page& page) {
  if (analysis.sentences.size() < 2) return;
  std::string_view name = phrases.sentences;
  for (const SentenceScore& sentence : analysis.sentences) {
    const std::string written =
        WrittenText(analysis.script.original, analysis.script.sentences[sentence.sentence].span);
    page.Row(name,
             StyledText(written).Add(" ").Add(ScoresText(phrases, sentence.scores), Style::kDim));
    name = "";
  }
}

std::string MelodyText(const Prosody& prosody, const Phrases& phrases) {
  std::string ranges;
  for (const SentenceMelody& sentence : prosody.sentences) {
    if (!sentence.range_semitones) continue;
    if (!ranges.empty()) ranges += ", ";
    ranges += Decimal(*sentence.range_semitones, 1);
  }
  if (!prosody.middle_hz || ranges.empty()) return "";
  return Fill(phrases.pitch_is, fmt::arg("middle", Decimal(*prosody.middle_hz, 0)),
              fmt::arg("ranges", ranges));
}

std::string RhythmText(const std::optional<Rhythm>& rhythm, const Phrases& phrases) {
  if (!rhythm) return "";
  return Fill(phrases.rhythm_is, fmt::arg("npvi", Decimal(rhythm->npvi_vowels, 0)),
              fmt::arg("rpvi", Decimal(rhythm->rpvi_consonants_ms, 0)),
              fmt::arg("vowels", Decimal(rhythm->vowel_percent, 0)),
              fmt::arg("delta", Decimal(rhythm->delta_consonants_ms, 0)),
              fmt::arg("varco", Decimal(rhythm->varco_vowels, 0)));
}

void PutMeasures(const Analysis& analysis, const Phrases& phrases, Page& page) {
  std::string_view name = phrases.details;
  const auto row = [&](const std::string& text) {
    if (text.empty()) return;
    page.Row(name, StyledText(text));
    name = "";
  };
  const QualityReport& quality = analysis.quality;
  const Tempo& tempo = analysis.tempo;
  row(Fill(phrases.model_is, fmt::arg("model", analysis.model),
           fmt::arg("confidence", Decimal(100.0 * analysis.confidence, 0))));
  row(ScoresText(phrases, analysis.scores));
  if (tempo.speech_rate > 0) {
    row(Fill(phrases.rates_are, fmt::arg("articulation", Decimal(tempo.articulation_rate, 1)),
             fmt::arg("speech", Decimal(tempo.speech_rate, 1)),
             fmt::arg("pauses", Decimal(100.0 * tempo.pause_ratio, 0)),
             fmt::arg("run", Decimal(tempo.mean_run, 1))));
  }
  row(MelodyText(analysis.prosody, phrases));
  row(RhythmText(analysis.prosody.rhythm, phrases));
  row(Fill(phrases.levels_are, fmt::arg("seconds", Decimal(quality.speech_seconds, 1)),
           fmt::arg("peak", Decimal(quality.peak_dbfs, 1)),
           fmt::arg("speech", Decimal(quality.speech_dbfs, 1)),
           fmt::arg("noise", Decimal(quality.noise_dbfs, 1)),
           fmt::arg("snr", Decimal(quality.snr_db, 1))));
}

Sign LookOf(Band band, const Phrases& phrases) {
  switch (band) {
    case Band::kClear:
      return Look(WordSign::kClear, phrases);
    case Band::kSlightlyAccented:
      return Look(WordSign::kSlight, phrases);
    case Band::kHardToUnderstand:
      return Look(WordSign::kHard, phrases);
    case Band::kNotAsWritten:
      return Look(WordSign::kWrong, phrases);
    case Band::kNotSure:
      return Look(WordSign::kUnsure, phrases);
  }
  return {};
}

std::string HeardList(const Phrases& phrases, const PhoneSet& phones, const Heard& heard) {
  std::string text;
  const auto add = [&](const std::string& item) {
    if (!text.empty()) text += ", ";
    text += item;
  };
  const auto percent = [](double share) { return Decimal(100.0 * share, 0); };
  if (heard.nothing > 0.5) {
    add(Fill(phrases.heard_nothing, fmt::arg("percent", percent(heard.nothing))));
  }
  for (std::size_t i = 0; i < std::min(heard.phones.size(), kMostHeard); ++i) {
    add(Fill(phrases.heard_share, fmt::arg("phone", phones.info(heard.phones[i].phone).arpabet),
             fmt::arg("percent", percent(heard.phones[i].probability))));
  }
  return text;
}

std::vector<StyledText> PhoneRow(const Analysis& analysis, const PhoneSet& phones,
                                 const Phrases& phrases, const PhoneScore& phone,
                                 std::string_view word) {
  const Sign look = LookOf(phone.band, phrases);
  return {StyledText(word, Style::kBold),
          StyledText(phones.Arpabet(phone.phone)),
          StyledText(phones.Ipa(phone.phone)),
          StyledText(fmt::format("{:>3}", Decimal(phone.score, 0)), look.style),
          StyledText(look.mark, look.style),
          StyledText(fmt::format("{:.2f}–{:.2f}", Seconds(analysis, phone.span.begin),
                                 Seconds(analysis, phone.span.end))),
          StyledText(HeardList(phrases, phones, phone.heard), Style::kDim)};
}

}  // namespace

void PutDetails(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                Page& page) {
  page.Blank();
  PutSentences(analysis, phrases, page);
  PutMeasures(analysis, phrases, page);
  const auto dim = [](std::string_view text) { return StyledText(text, Style::kDim); };
  std::vector<std::vector<StyledText>> rows = {
      {dim(phrases.column_word), dim(phrases.column_sound), dim(""), dim(phrases.column_score),
       dim(""), dim(phrases.column_time), dim(phrases.column_heard)}};
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    std::string word = ShownWord(analysis, phones, w);
    for (const PhoneScore& phone : analysis.words[w].phones) {
      rows.push_back(PhoneRow(analysis, phones, phrases, phone, word));
      word.clear();
    }
  }
  if (rows.size() == 1) return;
  page.Blank();
  page.WideTable(rows);
}

}  // namespace euphone
