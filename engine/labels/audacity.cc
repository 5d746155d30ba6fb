#include <algorithm>
#include <string>
#include <utility>

#include "base/plain_text.h"
#include "labels/label_text.h"
#include "labels/labels.h"

// Audacity's manual, "Importing and Exporting Labels": start, end and label between tabs; a line
// that begins with a backslash belongs to the one before it and tells frequencies.

namespace euphone {

Result<std::vector<Labels>> ReadAudacity(std::string_view content) {
  const auto utf8 = AsUtf8(content);
  if (!utf8) return utf8.error();
  Labels labels{.recording = {}, .seconds = 0.0, .tiers = {{"labels", {}}}};
  std::size_t number = 0;
  for (const std::string_view line : LinesOf(*utf8)) {
    ++number;
    if (line.empty() || line.starts_with('\\')) continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    const auto begin = NumberIn(line.substr(0, first));
    const auto end = first == std::string_view::npos
                         ? std::nullopt
                         : NumberIn(line.substr(first + 1, second - first - 1));
    if (!begin || !end || *end < *begin) {
      return Error{number == 1 ? Errc::kUnsupported : Errc::kCorrupt,
                   "line " + std::to_string(number) +
                       ": is no label of Audacity: start, end and text, separated by tabs"};
    }
    const std::string_view text =
        second == std::string_view::npos ? std::string_view() : line.substr(second + 1);
    labels.tiers[0].labels.push_back({*begin, *end, OneLine(text)});
  }
  if (labels.tiers[0].labels.empty()) return Error{Errc::kUnsupported, "holds no label"};
  std::ranges::stable_sort(labels.tiers[0].labels, {}, &TimedLabel::begin);
  CoverLabels(labels);
  return std::vector<Labels>{std::move(labels)};
}

std::string WriteAudacity(const Labels& labels) {
  std::string lines;
  if (labels.tiers.empty()) return lines;
  for (const TimedLabel& label : labels.tiers[0].labels) {
    lines +=
        Digits(label.begin, 6) + "\t" + Digits(label.end, 6) + "\t" + OneLine(label.text) + "\n";
  }
  return lines;
}

}  // namespace euphone
