#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/plain_text.h"
#include "labels/label_text.h"
#include "labels/labels.h"

namespace euphone {
namespace {

std::vector<std::string_view> Fields(std::string_view line) {
  constexpr std::string_view kSpace = " \t";
  std::vector<std::string_view> fields;
  for (std::size_t at = line.find_first_not_of(kSpace); at != std::string_view::npos;
       at = line.find_first_not_of(kSpace, at)) {
    const std::size_t end = std::min(line.find_first_of(kSpace, at), line.size());
    fields.push_back(line.substr(at, end - at));
    at = end;
  }
  return fields;
}

/// CTM separates fields by white space, so a name must not have any.
std::string Field(std::string_view text) {
  std::string field = OneLine(text);
  std::ranges::replace(field, ' ', '_');
  return field.empty() ? "-" : field;
}

double InThousandths(double seconds) { return std::round(seconds * 1000.0) / 1000.0; }

}  // namespace

Result<std::vector<Labels>> ReadCtm(std::string_view content) {
  const auto utf8 = AsUtf8(content);
  if (!utf8) return utf8.error();
  std::vector<Labels> recordings;
  std::size_t number = 0;
  for (const std::string_view line : LinesOf(*utf8)) {
    ++number;
    const auto fields = Fields(line);
    if (fields.empty() || fields[0].starts_with(";;")) continue;
    const auto begin = fields.size() < 5 ? std::nullopt : NumberIn(fields[2]);
    const auto length = fields.size() < 5 ? std::nullopt : NumberIn(fields[3]);
    if (!begin || !length || *begin < 0 || *length < 0) {
      return Error{number == 1 ? Errc::kUnsupported : Errc::kCorrupt,
                   "line " + std::to_string(number) +
                       ": is no line of CTM: recording, channel, start, length, word"};
    }
    auto found = std::ranges::find(recordings, fields[0], &Labels::recording);
    if (found == recordings.end()) {
      recordings.push_back(
          {.recording = std::string(fields[0]), .seconds = 0.0, .tiers = {{"words", {}}}});
      found = recordings.end() - 1;
    }
    found->tiers[0].labels.push_back({*begin, *begin + *length, std::string(fields[4])});
  }
  if (recordings.empty()) return Error{Errc::kUnsupported, "holds no line of CTM"};
  for (Labels& labels : recordings) {
    std::ranges::stable_sort(labels.tiers[0].labels, {}, &TimedLabel::begin);
    CoverLabels(labels);
  }
  return recordings;
}

std::string WriteCtm(const Labels& labels) {
  std::string lines;
  if (labels.tiers.empty()) return lines;
  for (const TimedLabel& label : labels.tiers[0].labels)
    lines += CtmLine(labels.recording, label.begin, label.end, label.text);
  return lines;
}

std::string CtmLine(std::string_view recording, double begin, double end, std::string_view text,
                    std::optional<double> confidence) {
  // The length is that between the rounded times.
  const double from = InThousandths(begin), length = InThousandths(end) - from;
  std::string line = Field(recording) + " 1 " + FixedDigits(from, 3) + " " +
                     FixedDigits(length, 3) + " " + Field(text);
  if (confidence && std::isfinite(*confidence)) line += " " + FixedDigits(*confidence, 3);
  return line + "\n";
}

}  // namespace euphone
