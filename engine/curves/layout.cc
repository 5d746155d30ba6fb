#include <algorithm>
#include <cmath>
#include <limits>

#include "curves/number.h"
#include "curves/scene.h"

namespace euphone {
namespace {

/// Some room for what has no extent.
Range Widened(Range range) {
  if (!(range.low <= range.high)) return {};
  if (range.low == range.high) {
    const double room = std::max(std::abs(range.low) * 0.05, 0.5);
    return {range.low - room, range.high + room};
  }
  return range;
}

void Include(Range& range, double value) {
  range.low = std::min(range.low, value);
  range.high = std::max(range.high, value);
}

Range Empty() {
  return {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
}

std::size_t Letters(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The first so many characters of UTF-8.
std::size_t BytesOf(const std::string& text, std::size_t letters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (letters-- == 0) break;
  }
  return at;
}

}  // namespace

Range RangeOfX(const CurveChart& chart) {
  Range range = Empty();
  for (const ChartLine& line : chart.lines) {
    for (const auto* points : {&line.points, &line.curve}) {
      for (const CurvePoint& point : *points)
        if (!chart.logarithmic || point.x > 0.0) Include(range, point.x);
    }
  }
  if (chart.kind == "learner" && range.low <= range.high) Include(range, 0.0);
  return Widened(range);
}

Range RangeOfY(const CurveChart& chart) {
  if (chart.whole_scale) {
    return {std::min(chart.scale.worst, chart.scale.best),
            std::max(chart.scale.worst, chart.scale.best)};
  }
  Range range = Empty();
  for (const ChartLine& line : chart.lines) {
    for (const auto* points : {&line.points, &line.curve}) {
      for (const CurvePoint& point : *points) {
        Include(range, point.y);
        Include(range, point.low.value_or(point.y));
        Include(range, point.high.value_or(point.y));
      }
    }
  }
  range = Widened(range);
  const double room = 0.04 * (range.high - range.low);
  return std::isfinite(room) ? Range{range.low - room, range.high + room} : range;
}

double PlaceOf(double x, const Range& range, bool logarithmic) {
  const auto place = [](double value, double low, double high) {
    // Halves, so that the difference of two huge ones is a number.
    return high > low ? std::clamp((value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0), 0.0, 1.0)
                      : 0.5;
  };
  if (!logarithmic || !(range.low > 0.0)) return place(x, range.low, range.high);
  if (!(x > 0.0)) return 0.0;
  return place(std::log(x), std::log(range.low), std::log(range.high));
}

std::vector<double> RoundMarks(double low, double high, std::size_t about) {
  const double span = high - low;
  if (!(span > 0.0) || !std::isfinite(span) || about == 0) return {};
  const double rough = span / static_cast<double>(about);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10.0 * power;
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= rough) {
      step = digit * power;
      break;
    }
  }
  std::vector<double> marks;
  const double first = std::ceil(low / step - 1e-9), last = std::floor(high / step + 1e-9);
  if (!(last - first < 100.0)) return {};
  for (double at = first; at <= last; at += 1.0) marks.push_back(at * step + 0.0);
  return marks;
}

std::vector<std::string> Wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> rows;
  std::string row;
  const auto end_row = [&] {
    if (!row.empty()) rows.push_back(std::move(row));
    row.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    std::string word = text.substr(at, space - at);
    at = space + 1;
    while (Letters(word) > width) {
      end_row();
      const std::size_t part = BytesOf(word, width);
      rows.push_back(word.substr(0, part));
      word.erase(0, part);
    }
    if (!row.empty() && Letters(row) + 1 + Letters(word) > width) end_row();
    row += (row.empty() ? "" : " ") + word;
  }
  end_row();
  return rows;
}

std::vector<ComparedText> ComparedTexts(const CurveChart& chart) {
  const int decimals = chart.kind == "learner" ? 1 : 4;
  const auto told = [&](const CurveValue& value) {
    std::string text = Figure(value.value, decimals);
    if (value.low < value.high)
      text += " (" + Figure(value.low, decimals) + " to " + Figure(value.high, decimals) + ")";
    return text;
  };
  std::vector<ComparedText> texts;
  for (const Compared& each : chart.compared) {
    texts.push_back({each.what, told(each.a), told(each.b),
                     Figure(each.b.value - each.a.value, decimals),
                     !each.overlap   ? ""
                     : *each.overlap ? "overlap"
                                     : "are apart"});
  }
  return texts;
}

std::vector<std::string> NotesOf(const CurveChart& chart) {
  std::vector<std::string> notes;
  for (const ComparedText& each : ComparedTexts(chart)) {
    notes.push_back(each.what + ": " + each.a + " and " + each.b + ", difference " +
                    each.difference +
                    (each.overlap.empty() ? "" : "; the intervals " + each.overlap));
  }
  notes.insert(notes.end(), chart.notes.begin(), chart.notes.end());
  return notes;
}

}  // namespace euphone
