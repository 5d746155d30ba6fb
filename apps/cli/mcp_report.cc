#include "mcp_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "coach/feedback.h"
#include "report/feedback_text.h"
#include "report/format.h"
#include "report/names.h"
#include "report/summary.h"

namespace euphone::cli {
namespace {

/// "hard_to_understand" → "hard to understand".
std::string Plain(std::string_view name) {
  std::string words(name);
  for (char& c : words) c = c == '_' ? ' ' : c;
  return words;
}

void AddSentence(std::string& line, const std::string& sentence) {
  if (!sentence.empty()) line += (line.empty() ? "" : " ") + sentence;
}

std::string ScoresLine(const Scores& scores) {
  std::string line;
  for (const auto& [name, value] : {std::pair("total", scores.total),
                                    {"accuracy", scores.accuracy},
                                    {"fluency", scores.fluency},
                                    {"prosody", scores.prosody},
                                    {"completeness", scores.completeness}}) {
    if (value) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", name, Decimal(*value, 0));
  }
  return line.empty() ? line : "Scores, of 100: " + line + "\n";
}

std::string Sound(PhoneId sound, const PhoneSet& phones) {
  return fmt::format("{} /{}/", phones.info(sound).arpabet, phones.info(sound).ipa);
}

/// What is wrong with a sound that is to be worked on.
std::string Wrong(const PhoneScore& phone, const PhoneSet& phones) {
  const std::string sound = Sound(phone.phone.id, phones);
  if (CannotTell(phone)) return sound + " may not be right";
  const Substitute instead = HeardInstead(phone);
  if (instead.dropped) return sound + " was left out";
  if (instead.phone) return sound + " was said as " + Sound(*instead.phone, phones);
  return sound + " was not clear";
}

/// A line for a word that is not as it should be; empty: it is, or nobody can tell.
std::string WordLine(const Analysis& analysis, const PhoneSet& phones, std::size_t index) {
  const WordScore& word = analysis.words[index];
  std::string sounds;
  for (const PhoneScore& phone : word.phones) {
    if (ToWorkOn(word, phone)) sounds += "; " + Wrong(phone, phones);
  }
  if (StressIsWrong(word)) sounds += "; another syllable was stressed";
  const bool fine = word.band == Band::kClear || word.band == Band::kNotSure;
  if (word.error == WordError::kNone && fine && sounds.empty()) return {};
  std::string line = "- " + ShownWord(analysis, phones, index);
  if (word.span.end > word.span.begin)
    line += fmt::format(" at {} s", Decimal(Seconds(analysis, word.span.begin), 1));
  line += ": ";
  line += Plain(word.error == WordError::kNone ? Name(word.band) : Name(word.error));
  if (word.accuracy) line += fmt::format(", accuracy {}", Decimal(*word.accuracy, 0));
  return line + sounds + "\n";
}

/// With its place, unless that was told above.
std::string AdviceLine(const Analysis& analysis, const PhoneSet& phones, const Advice& advice,
                       std::string_view told) {
  std::string line = "- ";
  if (advice.place) {
    const std::string where = PlaceText(kEnglish, analysis, phones, advice.word, *advice.place);
    if (told.find(where) == told.npos) line += where + " ";
  }
  line += advice.text;
  if (advice.pair)
    line += fmt::format(" Words to try: {}, {}.", advice.pair->first, advice.pair->second);
  return line + "\n";
}

}  // namespace

std::string CompactReport(const Analysis& analysis, const PhoneSet& phones) {
  const Summary summary = Summarise(analysis, phones, kEnglish);
  std::string report, told = summary.scored ? summary.praise : summary.what;
  // Where the coach says something, the hint is a part of it.
  for (const std::string& more :
       {summary.how, summary.focus, analysis.advice.empty() ? summary.hint : std::string()})
    AddSentence(told, more);
  if (analysis.verdict == Verdict::kScored) report += ScoresLine(analysis.scores);
  if (!told.empty()) report += told + "\n";
  for (const Finding& finding : analysis.quality.findings)
    report += "Recording: " + finding.message + "\n";
  if (analysis.verdict != Verdict::kScored) return report;
  std::string words;
  for (std::size_t i = 0; i < analysis.words.size(); ++i) words += WordLine(analysis, phones, i);
  report += words.empty() ? "No word had anything evidently wrong.\n"
                          : "Words that were not as they should be:\n" + words;
  if (analysis.advice.empty()) return report;
  report += "The coach says:\n";
  for (const Advice& advice : analysis.advice) report += AdviceLine(analysis, phones, advice, told);
  return report;
}

}  // namespace euphone::cli
