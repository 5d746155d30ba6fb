#include "curves/scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "curves/number.h"

namespace euphone {
namespace {

constexpr double kWidth = 760.0, kLeft = 64.0, kRight = 24.0, kTop = 48.0, kPlot = 320.0;
constexpr double kSmall = 12.0, kLine = 18.0;
constexpr std::size_t kColumns = 108;  ///< Of small letters that fit across.

constexpr std::array<SeriesColour, 8> kColours{{{0x0072b2, 0x56b4e9},
                                                {0xd55e00, 0xf0914a},
                                                {0x00805a, 0x2fc295},
                                                {0xb0508c, 0xdd8fc0},
                                                {0x8a6d00, 0xe6c24a},
                                                {0x5b4fc7, 0xa79ef0},
                                                {0x444f5a, 0xb5bfca},
                                                {0xa32020, 0xf08080}}};

class Sheet {
 public:
  explicit Sheet(const CurveChart& chart)
      : chart_(chart), x_(RangeOfX(chart)), y_(RangeOfY(chart)) {}

  Spot At(double x, double y) const {
    const double across = PlaceOf(x, x_, chart_.logarithmic), up = PlaceOf(y, y_, false);
    return {kLeft + across * (kWidth - kLeft - kRight), kTop + (1.0 - up) * kPlot};
  }
  const Range& x() const { return x_; }
  const Range& y() const { return y_; }

 private:
  const CurveChart& chart_;
  Range x_, y_;
};

Mark Text(std::string text, Spot at, double size, Anchor anchor = Anchor::kStart) {
  return {.kind = MarkKind::kText,
          .spots = {at},
          .ink = Ink::kText,
          .size = size,
          .text = std::move(text),
          .anchor = anchor};
}

void AddAxes(const CurveChart& chart, const Sheet& sheet, Scene& scene) {
  const double bottom = kTop + kPlot;
  for (const double y : RoundMarks(sheet.y().low, sheet.y().high, 6)) {
    const Spot at = sheet.At(sheet.x().low, y);
    scene.marks.push_back({.spots = {{kLeft, at.y}, {kWidth - kRight, at.y}}, .ink = Ink::kFaint});
    scene.marks.push_back(Text(Figure(y, 6), {kLeft - 8.0, at.y + 4.0}, kSmall, Anchor::kEnd));
  }
  double free_from = 0.0;
  for (const double x : RoundMarks(sheet.x().low, sheet.x().high, 8)) {
    if (chart.logarithmic && x <= 0.0) continue;
    const Spot at = sheet.At(x, sheet.y().low);
    if (at.x < free_from) continue;  // On a logarithmic axis they would lie upon each other.
    free_from = at.x + 40.0;
    scene.marks.push_back({.spots = {{at.x, bottom}, {at.x, bottom + 5.0}}, .ink = Ink::kAxis});
    scene.marks.push_back(Text(Figure(x, 6), {at.x, bottom + 20.0}, kSmall, Anchor::kMiddle));
  }
  scene.marks.push_back({.spots = {{kLeft, bottom}, {kWidth - kRight, bottom}}, .ink = Ink::kAxis});
  scene.marks.push_back(
      Text(chart.x_title, {(kLeft + kWidth - kRight) / 2.0, bottom + 40.0}, 13.0, Anchor::kMiddle));
  Mark upwards = Text(chart.y_title, {18.0, kTop + kPlot / 2.0}, 13.0, Anchor::kMiddle);
  upwards.turned = true;
  scene.marks.push_back(std::move(upwards));
}

/// The band of a line: up along the high ends, back along the low ones.
void AddBand(const std::vector<CurvePoint>& points, std::size_t series, const Sheet& sheet,
             Scene& scene) {
  Mark band{.kind = MarkKind::kArea, .series = series};
  for (const CurvePoint& point : points)
    if (point.low && point.high) band.spots.push_back(sheet.At(point.x, *point.high));
  if (band.spots.size() < 2) return;
  for (auto point = points.rbegin(); point != points.rend(); ++point)
    if (point->low && point->high) band.spots.push_back(sheet.At(point->x, *point->low));
  scene.marks.push_back(std::move(band));
}

void AddLine(const ChartLine& line, std::size_t series, const Sheet& sheet, Scene& scene) {
  AddBand(line.joined ? line.points : line.curve, series, sheet, scene);
  Mark dots{.kind = line.joined ? MarkKind::kLine : MarkKind::kDot,
            .series = series,
            .size = line.joined ? 2.0 : 3.0};
  for (const CurvePoint& point : line.points) dots.spots.push_back(sheet.At(point.x, point.y));
  if (!line.joined) {  // The interval of a single point.
    for (const CurvePoint& point : line.points) {
      if (point.low && point.high)
        scene.marks.push_back(
            {.spots = {sheet.At(point.x, *point.low), sheet.At(point.x, *point.high)},
             .series = series});
    }
  }
  if (line.joined && dots.spots.size() == 1) dots.kind = MarkKind::kDot, dots.size = 3.0;
  if (!dots.spots.empty()) scene.marks.push_back(std::move(dots));
  Mark past{.series = series, .size = 2.0}, ahead{.series = series, .size = 2.0, .dashed = true};
  for (const CurvePoint& point : line.curve) {
    if (point.x <= line.now) past.spots.push_back(sheet.At(point.x, point.y));
    if (point.x >= line.now) ahead.spots.push_back(sheet.At(point.x, point.y));
  }
  for (Mark* mark : {&past, &ahead})
    if (mark->spots.size() > 1) scene.marks.push_back(std::move(*mark));
}

/// Names with their signs, then what is told of each.
double AddNotes(const CurveChart& chart, double y, Scene& scene) {
  const auto tell = [&](const std::string& text, double left) {
    for (const std::string& row : Wrapped(text, kColumns)) {
      scene.marks.push_back(Text(row, {left, y}, kSmall));
      y += kLine;
    }
  };
  for (std::size_t i = 0; i < chart.lines.size(); ++i) {
    const ChartLine& line = chart.lines[i];
    if (line.joined) {
      scene.marks.push_back(
          {.spots = {{kLeft - 30.0, y - 4.0}, {kLeft - 10.0, y - 4.0}}, .series = i, .size = 2.0});
    } else {
      scene.marks.push_back(
          {.kind = MarkKind::kDot, .spots = {{kLeft - 20.0, y - 4.0}}, .series = i, .size = 4.0});
    }
    Mark name = Text(line.name, {kLeft, y}, 13.0);
    name.bold = true;
    scene.marks.push_back(std::move(name));
    y += kLine;
    for (const std::string& note : line.notes) tell(note, kLeft);
    y += 4.0;
  }
  for (const ChartRow& row : chart.rows) {
    std::string text = row.name + ": " + CountOf(row.practices, "practice") + ", mean " +
                       Figure(row.mean.value, 1);
    if (row.now) text += ", now " + Figure(row.now->value, 0);
    if (row.later) text += ", then " + Figure(row.later->value, 0);
    tell(text + "; " + row.state, kLeft);
  }
  for (const std::string& note : NotesOf(chart)) tell(note, kLeft);
  return y;
}

}  // namespace

SeriesColour ColourOf(std::size_t series) { return kColours[series % kColours.size()]; }

Scene SceneOf(const CurveChart& chart) {
  Scene scene{.width = kWidth, .height = 0.0, .title = chart.title, .description = {}, .marks = {}};
  const Sheet sheet(chart);
  Mark title = Text(chart.title, {kLeft, 26.0}, 16.0);
  title.bold = true;
  scene.marks.push_back(std::move(title));
  AddAxes(chart, sheet, scene);
  for (std::size_t i = 0; i < chart.lines.size(); ++i) AddLine(chart.lines[i], i, sheet, scene);
  scene.height = AddNotes(chart, kTop + kPlot + 66.0, scene) + 4.0;
  scene.description = chart.y_title + " over " + chart.x_title + ".";
  for (const ChartLine& line : chart.lines) {
    scene.description += " " + line.name + ":";
    for (const std::string& note : line.notes) scene.description += " " + note;
    if (line.notes.empty() && !line.points.empty())
      scene.description += " from " + Figure(line.points.front().y, 4) + " to " +
                           Figure(line.points.back().y, 4) + ".";
  }
  return scene;
}

}  // namespace euphone
