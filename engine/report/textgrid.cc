#include "report/textgrid.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "report/format.h"
#include "report/report.h"

namespace euphone {
namespace {

/// Praat compares times exactly, so the same sample must always give the same digits; seven are
/// exact at 16 kHz.
constexpr int kDecimals = 7;

std::string Quoted(std::string_view label) {
  std::string quoted = "\"";
  for (const char c : OneLine(label)) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

/// Adds empty intervals so that the tier covers [0, end) without gaps; what overlaps the interval
/// before it is cut, what is then empty is dropped.
std::vector<TextGridInterval> Covering(const std::vector<TextGridInterval>& intervals,
                                       std::int64_t end) {
  std::vector<TextGridInterval> covering;
  std::int64_t reached = 0;
  for (const TextGridInterval& interval : intervals) {
    const std::int64_t from = std::max(interval.begin, reached);
    const std::int64_t to = std::min(interval.end, end);
    if (to <= from) continue;
    if (from > reached) covering.push_back({reached, from, ""});
    covering.push_back({from, to, interval.label});
    reached = to;
  }
  if (reached < end) covering.push_back({reached, end, ""});
  return covering;
}

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

std::vector<TextGridTier> Tiers(const Analysis& analysis, const PhoneSet& phones,
                                PhoneAlphabet alphabet) {
  std::vector<TextGridTier> tiers = {
      {"sentences", {}}, {"words", {}}, {"syllables", {}}, {"phones", {}}, {"scores", {}}};
  for (const SentenceScore& sentence : analysis.sentences) {
    const TextSpan written = analysis.script.sentences[sentence.sentence].span;
    tiers[0].intervals.push_back(
        {sentence.span.begin, sentence.span.end, WrittenText(analysis.script.original, written)});
  }
  for (const WordScore& word : analysis.words) {
    tiers[1].intervals.push_back({word.span.begin, word.span.end, word.text});
    for (const SyllableScore& syllable : word.syllables) {
      tiers[2].intervals.push_back({syllable.span.begin, syllable.span.end,
                                    SyllableLabel(word, syllable, phones, alphabet)});
    }
    for (const PhoneScore& phone : word.phones) {
      const bool ipa = alphabet == PhoneAlphabet::kIpa;
      tiers[3].intervals.push_back({phone.span.begin, phone.span.end,
                                    ipa ? phones.Ipa(phone.phone) : phones.Arpabet(phone.phone)});
      tiers[4].intervals.push_back({phone.span.begin, phone.span.end, Decimal(phone.score, 0)});
    }
  }
  return tiers;
}

}  // namespace

std::string TextGridOf(const std::vector<TextGridTier>& tiers, std::int64_t samples,
                       SampleRate rate) {
  // Praat refuses a grid without length: an empty recording gets one sample.
  const std::int64_t end = std::max<std::int64_t>(samples, 1);
  const auto time = [&](std::int64_t sample) {
    return Decimal(SecondsIn(sample, rate), kDecimals);
  };
  std::string grid;
  const auto out = std::back_inserter(grid);
  fmt::format_to(out,
                 "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {}\n"
                 "tiers? <exists>\nsize = {}\nitem []:\n",
                 time(end), tiers.size());
  for (std::size_t t = 0; t < tiers.size(); ++t) {
    const std::vector<TextGridInterval> intervals = Covering(tiers[t].intervals, end);
    fmt::format_to(out,
                   "    item [{}]:\n        class = \"IntervalTier\"\n        name = \"{}\"\n"
                   "        xmin = 0\n        xmax = {}\n        intervals: size = {}\n",
                   t + 1, tiers[t].name, time(end), intervals.size());
    for (std::size_t i = 0; i < intervals.size(); ++i) {
      fmt::format_to(out,
                     "        intervals [{}]:\n            xmin = {}\n            xmax = {}\n"
                     "            text = {}\n",
                     i + 1, time(intervals[i].begin), time(intervals[i].end),
                     Quoted(intervals[i].label));
    }
  }
  return grid;
}

std::string WriteTextGrid(const Analysis& analysis, const PhoneSet& phones,
                          const ReportOptions& options) {
  return TextGridOf(Tiers(analysis, phones, options.alphabet), analysis.samples,
                    SampleRate{analysis.rate});
}

}  // namespace euphone
