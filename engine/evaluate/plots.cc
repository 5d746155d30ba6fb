#include "evaluate/plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "evaluate/evaluation_json.h"

namespace euphone {
namespace {

// A picture's inner square and its margins, in SVG units.
constexpr double kSide = 220.0;
constexpr double kLeft = 40.0;
constexpr double kTop = 10.0;
constexpr double kBottom = 40.0;
// Raters give whole marks of 10, or fifths of 2: a row each. Predictions are finer.
constexpr int kRows = 11;
constexpr int kColumns = 40;
constexpr double kHalfRow = 0.5 / kRows;
constexpr double kRowHeight = 26.0;
constexpr double kNames = 62.0;

std::string Number(double value, int decimals = 2) {
  return fmt::format("{:.{}f}", value, decimals);
}

std::string Open(double width, double height, const std::string& title,
                 const std::string& description) {
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}. {}\">"
      "<title>{}</title>\n",
      width, height, Escaped(title), Escaped(description), Escaped(title));
}

std::string Label(double x, double y, const std::string& text, const char* anchor) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor,
                     Escaped(text));
}

std::string Line(const char* kind, double x1, double y1, double x2, double y2) {
  return fmt::format(
      "<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kind, x1,
      y1, x2, y2);
}

double Across(double share) { return kLeft + share * kSide; }
/// 0 and 1 stand `inset` away from the frame, both shares of its side.
double Up(double share, double inset) {
  return kTop + (1.0 - inset - share * (1.0 - 2.0 * inset)) * kSide;
}

/// Frame, diagonal, ticks and names of a square with two scales from 0 to `top`.
std::string Square(double top, double inset) {
  std::string svg = fmt::format(
      "<rect class=\"frame\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
      kLeft, kTop, kSide, kSide);
  for (const double share : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) {
    const std::string tick = fmt::format("{:g}", share * top);
    svg += Label(Across(share), kTop + kSide + 14.0, tick, "middle");
    svg += Label(kLeft - 6.0, Up(share, inset) + 4.0, tick, "end");
  }
  svg += Label(Across(0.5), kTop + kSide + 32.0, "predicted", "middle");
  return svg + fmt::format(
                   "<text transform=\"translate(10 {:.1f}) rotate(-90)\" "
                   "text-anchor=\"middle\">rated</text>\n",
                   Up(0.5, inset));
}

std::string Diagonal(double inset) {
  return Line("diagonal", Across(0), Up(0, inset), Across(1), Up(1, inset));
}

/// Counts by cell: (column, row) from the lower left.
std::map<std::pair<int, int>, int> CountCells(const Pairs& pairs, double top) {
  std::map<std::pair<int, int>, int> counts;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double across = std::clamp(pairs.predicted[i] / top, 0.0, 1.0);
    const double up = std::clamp(pairs.rated[i] / top, 0.0, 1.0);
    const int column = std::min(static_cast<int>(across * kColumns), kColumns - 1);
    ++counts[{column, static_cast<int>(std::lround(up * (kRows - 1)))}];
  }
  return counts;
}

std::string GroupRow(const GroupResult& group, double y, double scale) {
  const Estimate& pearson = group.agreement.pearson;
  std::string svg = Label(kNames - 8.0, y + 17.0, std::string(group.group), "end");
  const auto place = [&](double value) { return kNames + std::max(0.0, value) * scale; };
  const double value = pearson.value.value_or(0.0);
  svg += fmt::format(
      "<rect class=\"bar\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"14\"/>\n", kNames,
      y + 6.0, place(value) - kNames);
  if (pearson.low) {
    svg += Line("whisker", place(*pearson.low), y + 13.0, place(*pearson.high), y + 13.0);
    for (const double end : {*pearson.low, *pearson.high})
      svg += Line("whisker", place(end), y + 9.0, place(end), y + 17.0);
  }
  const std::string said = pearson.value ? Number(value) : "–";
  return svg + Label(kNames + scale + 34.0, y + 17.0, said, "end");
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '&'    ? "&amp;"
               : c == '<'  ? "&lt;"
               : c == '>'  ? "&gt;"
               : c == '"'  ? "&quot;"
               : c == '\'' ? "&#39;"
                           : std::string(1, c);
  }
  return escaped;
}

std::string DensityPlot(const Pairs& pairs, const LevelInfo& level) {
  const auto counts = CountCells(pairs, level.top);
  int most = 1;
  for (const auto& [cell, count] : counts) most = std::max(most, count);
  const double width = kSide / kColumns, height = kSide / kRows;
  std::string svg = Open(kLeft + kSide + 12.0, kTop + kSide + kBottom, std::string(level.title),
                         fmt::format("Predicted against rated, {} pairs, Pearson {}", pairs.size(),
                                     Number(Pearson(pairs.predicted, pairs.rated).value_or(0.0))));
  svg += Square(level.top, kHalfRow);
  for (const auto& [cell, count] : counts) {
    const double shade = std::log1p(count) / std::log1p(most);
    svg += fmt::format(
        "<rect class=\"cell\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
        "opacity=\"{:.2f}\"><title>{}</title></rect>\n",
        kLeft + width * cell.first, kTop + kSide - height * (cell.second + 1), width, height,
        0.08 + 0.92 * shade, count);
  }
  return svg + Diagonal(kHalfRow) + "</svg>\n";
}

std::string CalibrationPlot(std::span<const CalibrationBin> bins, double top) {
  std::string svg = Open(kLeft + kSide + 12.0, kTop + kSide + kBottom, "Calibration of words",
                         "Mean rating over mean prediction in ten bins; the table has the values");
  svg += Square(top, 0.0) + Diagonal(0.0);
  std::size_t most = 1;
  for (const CalibrationBin& bin : bins) most = std::max(most, bin.count);
  std::string points, discs;
  for (const CalibrationBin& bin : bins) {
    if (bin.count == 0) continue;
    const double x = Across(bin.predicted / top), y = Up(bin.rated / top, 0.0);
    points += fmt::format("{:.1f},{:.1f} ", x, y);
    const double share = static_cast<double>(bin.count) / static_cast<double>(most);
    discs += fmt::format(
        "<circle class=\"disc\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"><title>{} words</title>"
        "</circle>\n",
        x, y, std::max(3.0, 12.0 * std::sqrt(share)), bin.count);
  }
  return svg + "<polyline class=\"curve\" points=\"" + points + "\"/>\n" + discs + "</svg>\n";
}

std::string GroupPlot(const LevelResult& result) {
  constexpr double kScale = 190.0;
  const double height = kRowHeight * static_cast<double>(result.groups.size()) + 6.0;
  std::string description = "Pearson";
  for (const GroupResult& group : result.groups) {
    description +=
        fmt::format(", {} {}", group.group,
                    group.agreement.pearson.value ? Number(*group.agreement.pearson.value)
                                                  : std::string("not defined"));
  }
  std::string svg =
      Open(kNames + kScale + 40.0, height, std::string(InfoOf(result.level).title), description);
  double y = 0.0;
  for (const GroupResult& group : result.groups) {
    svg += GroupRow(group, y, kScale);
    y += kRowHeight;
  }
  return svg + "</svg>\n";
}

}  // namespace euphone
