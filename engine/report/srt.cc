#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "report/format.h"
#include "report/report.h"

namespace euphone {
namespace {

std::string Timestamp(const Analysis& analysis, std::int64_t sample) {
  const std::int64_t ms = (sample * 1000 + analysis.rate / 2) / analysis.rate;
  return fmt::format("{:02}:{:02}:{:02},{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60,
                     ms % 1000);
}

}  // namespace

std::string WriteSrt(const Analysis& analysis, const PhoneSet&, const ReportOptions&) {
  std::string subtitles;
  int number = 0;
  for (const SentenceScore& sentence : analysis.sentences) {
    const std::string text =
        WrittenText(analysis.script.original, analysis.script.sentences[sentence.sentence].span);
    if (sentence.span.end <= sentence.span.begin || text.empty()) continue;
    fmt::format_to(std::back_inserter(subtitles), "{}{}\n{} --> {}\n{}\n", number > 0 ? "\n" : "",
                   number + 1, Timestamp(analysis, sentence.span.begin),
                   Timestamp(analysis, sentence.span.end), text);
    ++number;
  }
  return subtitles;
}

}  // namespace euphone
