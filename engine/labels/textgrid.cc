#include <algorithm>
#include <string>
#include <utility>

#include "base/plain_text.h"
#include "labels/label_text.h"
#include "labels/labels.h"

// Praat's manual, "TextGrid file formats": what counts in a text file are the numbers, the texts in
// quotation marks and the flags in angle brackets, in their order; all else is for people.

namespace euphone {
namespace {

/// Praat compares times exactly, so the same instant must always give the same digits.
constexpr int kDecimals = 7;

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The values of a text file, one after the other.
class Values {
 public:
  explicit Values(std::string_view text) : text_(text) {}

  Result<double> Number() {
    for (std::string_view word = Word(); !word.empty(); word = Word()) {
      if (word.front() == '"') break;
      if (const auto number = NumberIn(word)) return *number;
    }
    return Missing("a number");
  }

  Result<std::string> Text() {
    for (std::string_view word = Word(); !word.empty(); word = Word()) {
      if (word.front() != '"') {
        if (NumberIn(word)) break;
        continue;
      }
      if (word.size() < 2) break;
      std::string text;
      for (std::size_t i = 1; i + 1 < word.size(); ++i) {
        text += word[i];
        if (word[i] == '"') ++i;
      }
      return text;
    }
    return Missing("a text in quotation marks");
  }

  /// Whether the next flag is <exists>.
  bool Exists() {
    for (std::string_view word = Word(); !word.empty(); word = Word()) {
      if (word.front() == '<') return word == "<exists>";
    }
    return false;
  }

 private:
  Error Missing(const char* what) const {
    const auto line = 1 + std::ranges::count(text_.substr(0, at_), '\n');
    return {Errc::kCorrupt, "line " + std::to_string(line) + ": " + what + " is missing"};
  }

  /// The next word; one in quotation marks with them, however long. Empty: there is none.
  std::string_view Word() {
    while (at_ < text_.size() && (IsSpace(text_[at_]) || text_[at_] == '!')) {
      if (text_[at_] == '!')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else
        ++at_;
    }
    const std::size_t begin = at_;
    if (at_ == text_.size()) return {};
    if (text_[at_] != '"') {
      while (at_ < text_.size() && !IsSpace(text_[at_])) ++at_;
      return text_.substr(begin, at_ - begin);
    }
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '"') continue;
      if (++at_ == text_.size() || text_[at_] != '"') return text_.substr(begin, at_ - begin);
    }
    at_ = begin;
    return text_.substr(begin, 1);  // It is never closed.
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Result<std::size_t> Count(Values& values) {
  constexpr double kMost = 1e7;
  const auto number = values.Number();
  if (!number) return number.error();
  if (*number < 0 || *number > kMost)
    return Error{Errc::kCorrupt, "a count of " + Digits(*number, 3) + " makes no sense"};
  return static_cast<std::size_t>(*number);
}

Status ReadLabel(Values& values, bool points, LabelTier& tier) {
  const auto begin = values.Number();
  if (!begin) return begin.error();
  const auto end = points ? begin : values.Number();
  if (!end) return end.error();
  auto text = values.Text();
  if (!text) return text.error();
  const double reached = tier.labels.empty() ? 0.0 : tier.labels.back().begin;
  if (*end < *begin || *begin < reached)
    return Error{Errc::kCorrupt,
                 "tier " + tier.name + ": time runs backwards at " + Digits(*begin, 3) + " s"};
  if (!text->empty()) tier.labels.push_back({*begin, *end, OneLine(*text)});
  return {};
}

Result<LabelTier> ReadTier(Values& values) {
  const auto kind = values.Text();
  if (!kind) return kind.error();
  if (*kind != "IntervalTier" && *kind != "TextTier")
    return Error{Errc::kCorrupt, "'" + OneLine(*kind) + "' is no kind of tier"};
  auto name = values.Text();
  if (!name) return name.error();
  LabelTier tier{.name = OneLine(*name), .labels = {}};
  for (int bound = 0; bound < 2; ++bound) {
    if (const auto time = values.Number(); !time) return time.error();
  }
  const auto count = Count(values);
  if (!count) return count.error();
  for (std::size_t i = 0; i < *count; ++i) {
    if (auto status = ReadLabel(values, *kind == "TextTier", tier); !status) return status.error();
  }
  return tier;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : OneLine(text)) {
    quoted += c;
    if (c == '"') quoted += c;
  }
  return quoted + "\"";
}

/// Praat's tiers of intervals have no gaps: empty ones stand there. What overlaps the one before it
/// is cut, what is then empty is dropped.
std::vector<TimedLabel> Covering(const std::vector<TimedLabel>& labels, double end) {
  std::vector<TimedLabel> covering;
  double reached = 0.0;
  for (const TimedLabel& label : labels) {
    const double from = std::max(label.begin, reached);
    const double to = std::min(label.end, end);
    if (to <= from) continue;
    if (from > reached) covering.push_back({reached, from, ""});
    covering.push_back({from, to, label.text});
    reached = to;
  }
  if (reached < end) covering.push_back({reached, end, ""});
  return covering;
}

/// All labels of it are points in time.
bool IsPoints(const LabelTier& tier) {
  return !tier.labels.empty() && std::ranges::all_of(tier.labels, [](const TimedLabel& label) {
    return label.begin == label.end;
  });
}

std::string Line(int depth, std::string_view name, std::string_view value) {
  return std::string(static_cast<std::size_t>(depth) * 4, ' ') + std::string(name) + " = " +
         std::string(value) + "\n";
}

std::string Entry(int depth, std::string_view what, std::size_t index) {
  return std::string(static_cast<std::size_t>(depth) * 4, ' ') + std::string(what) + " [" +
         std::to_string(index + 1) + "]:\n";
}

void WritePoints(const std::vector<TimedLabel>& points, std::string& grid) {
  grid += "        points: size = " + std::to_string(points.size()) + "\n";
  for (std::size_t i = 0; i < points.size(); ++i) {
    grid += Entry(2, "points", i) + Line(3, "number", Digits(points[i].begin, kDecimals)) +
            Line(3, "mark", Quoted(points[i].text));
  }
}

void WriteIntervals(const std::vector<TimedLabel>& intervals, std::string& grid) {
  grid += "        intervals: size = " + std::to_string(intervals.size()) + "\n";
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    grid += Entry(2, "intervals", i) + Line(3, "xmin", Digits(intervals[i].begin, kDecimals)) +
            Line(3, "xmax", Digits(intervals[i].end, kDecimals)) +
            Line(3, "text", Quoted(intervals[i].text));
  }
}

}  // namespace

Result<std::vector<Labels>> ReadTextGrid(std::string_view content) {
  if (content.starts_with("ooBinaryFile"))
    return Error{Errc::kUnsupported,
                 "is a binary TextGrid; save it in Praat as a text file (Save as text file…)"};
  const auto utf8 = AsUtf8(content);
  if (!utf8) return utf8.error();
  Values values(*utf8);
  const auto file = values.Text();
  const auto object = file && *file == "ooTextFile" ? values.Text() : file;
  if (!object || *object != "TextGrid") return Error{Errc::kUnsupported, "is no TextGrid of Praat"};
  Labels labels;
  for (double* const bound : {&labels.seconds, &labels.seconds}) {
    const auto time = values.Number();
    if (!time) return time.error();
    *bound = *time;
  }
  if (!values.Exists()) return std::vector<Labels>{std::move(labels)};
  const auto tiers = Count(values);
  if (!tiers) return tiers.error();
  for (std::size_t i = 0; i < *tiers; ++i) {
    auto tier = ReadTier(values);
    if (!tier) return tier.error();
    labels.tiers.push_back(*std::move(tier));
  }
  CoverLabels(labels);
  return std::vector<Labels>{std::move(labels)};
}

std::string WriteTextGrid(const Labels& labels) {
  // Praat refuses a grid without length.
  constexpr double kShortest = 0.0000625;
  const double end = std::max(labels.seconds, kShortest);
  const std::string last = Digits(end, kDecimals);
  std::string grid = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n" +
                     Line(0, "xmin", "0") + Line(0, "xmax", last) + "tiers? <exists>\n" +
                     Line(0, "size", std::to_string(labels.tiers.size())) + "item []:\n";
  for (std::size_t i = 0; i < labels.tiers.size(); ++i) {
    const LabelTier& tier = labels.tiers[i];
    const bool points = IsPoints(tier);
    grid += Entry(1, "item", i) + Line(2, "class", points ? "\"TextTier\"" : "\"IntervalTier\"") +
            Line(2, "name", Quoted(tier.name)) + Line(2, "xmin", "0") + Line(2, "xmax", last);
    if (points)
      WritePoints(tier.labels, grid);
    else
      WriteIntervals(Covering(tier.labels, end), grid);
  }
  return grid;
}

}  // namespace euphone
