#include "curves/text_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

#include "curves/number.h"
#include "curves/scene.h"

namespace euphone {
namespace {

constexpr std::size_t kMargin = 8;             ///< Columns left of the plot, for numbers.
constexpr std::size_t kAcross = 2, kDown = 4;  ///< Dots of a braille cell.
constexpr std::array<std::array<unsigned, kAcross>, kDown> kDots{
    {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
constexpr std::array<const char*, 4> kSigns{"●", "■", "▲", "◆"}, kAsciiSigns{"o", "x", "+", "*"};
constexpr std::array<int, 6> kAnsi{36, 33, 32, 35, 34, 31};

struct Cell {
  unsigned dots = 0;
  std::string sign;  ///< Instead of the dots.
  std::size_t series = 0;
};

class Grid {
 public:
  Grid(const CurveChart& chart, std::size_t columns, std::size_t rows)
      : chart_(chart),
        columns_(columns),
        rows_(rows),
        x_(RangeOfX(chart)),
        y_(RangeOfY(chart)),
        cells_(columns * rows) {}

  const Range& x() const { return x_; }
  const Range& y() const { return y_; }
  const Cell& At(std::size_t column, std::size_t row) const {
    return cells_[row * columns_ + column];
  }
  std::size_t ColumnOf(double x) const { return Column(x) / kAcross; }
  std::size_t RowOf(double y) const { return rows_ - 1 - Dot(y, y_, kDown * rows_) / kDown; }

  void Sign(const CurvePoint& point, const char* sign, std::size_t series) {
    Cell& cell = cells_[RowOf(point.y) * columns_ + ColumnOf(point.x)];
    cell.sign = sign;
    cell.series = series;
  }

  using Value = std::function<double(const CurvePoint&)>;
  /// Through the points; `every` so many columns of dots has one, without gaps where that is each.
  void Trace(const std::vector<CurvePoint>& points, const Value& value, std::size_t every,
             std::size_t series) {
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto from = Column(points[i].x), to = Column(points[i + 1].x);
      double before = value(points[i]);
      for (std::size_t column = from; column <= to; ++column) {
        const double part =
            to == from ? 1.0 : static_cast<double>(column - from) / static_cast<double>(to - from);
        const double y = value(points[i]) + part * (value(points[i + 1]) - value(points[i]));
        if (every == 1) {
          Fill(column, before, y, series);
        } else if (column % every == 0) {
          Fill(column, y, y, series);
        }
        before = y;
      }
    }
  }

 private:
  static std::size_t Dot(double value, const Range& range, std::size_t dots, bool log = false) {
    return static_cast<std::size_t>(
        std::lround(PlaceOf(value, range, log) * static_cast<double>(dots - 1)));
  }
  std::size_t Column(double x) const { return Dot(x, x_, kAcross * columns_, chart_.logarithmic); }

  void Fill(std::size_t column, double from, double to, std::size_t series) {
    const std::size_t low = Dot(std::min(from, to), y_, kDown * rows_);
    const std::size_t high = Dot(std::max(from, to), y_, kDown * rows_);
    for (std::size_t up = low; up <= high; ++up) {
      const std::size_t down = kDown * rows_ - 1 - up;
      Cell& cell = cells_[down / kDown * columns_ + column / kAcross];
      cell.dots |= kDots[down % kDown][column % kAcross];
      if (cell.sign.empty()) cell.series = series;
    }
  }

  const CurveChart& chart_;
  std::size_t columns_, rows_;
  Range x_, y_;
  std::vector<Cell> cells_;
};

std::string Braille(unsigned dots) {
  const unsigned code = 0x2800 + dots;
  return {static_cast<char>(0xE0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3F)),
          static_cast<char>(0x80 | (code & 0x3F))};
}

/// Of a character, as well as ASCII can.
std::string AsciiOf(const std::string& text) {
  static constexpr std::array<std::array<const char*, 2>, 5> kPlain{
      {{"–", "-"}, {"±", "+-"}, {"…", "..."}, {"→", "->"}, {"−", "-"}}};
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      plain += text[i];
      continue;
    }
    const char* instead = "?";
    for (const auto& each : kPlain)
      if (text.compare(i, std::string_view(each[0]).size(), each[0]) == 0) instead = each[1];
    plain += instead;
    while (i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xC0) == 0x80) ++i;
  }
  return plain;
}

class Writer {
 public:
  Writer(const CurveChart& chart, const TextChartLook& look)
      : chart_(chart),
        look_(look),
        width_(static_cast<std::size_t>(std::max(look.width, 40))),
        rows_(static_cast<std::size_t>(std::max(look.height, 5))),
        columns_(width_ - kMargin - 2) {}

  std::string Write() {
    Tell(chart_.title, "");
    if (HasPoints()) Plot();
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) {
      const ChartLine& line = chart_.lines[i];
      text_ += Coloured(SignOf(i), i) + " ";
      Tell(line.name, "", 2);
      for (const std::string& note : line.notes) Tell(note, "  ");
    }
    Table();
    Beside();
    for (const std::string& note : chart_.notes) Tell(note, "");
    return text_;
  }

 private:
  bool HasPoints() const {
    return std::ranges::any_of(chart_.lines,
                               [](const ChartLine& line) { return !line.points.empty(); });
  }

  std::string SignOf(std::size_t series) const {
    const auto& signs = look_.unicode ? kSigns : kAsciiSigns;
    return signs[series % signs.size()];
  }

  std::string Coloured(const std::string& text, std::size_t series) const {
    return look_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", kAnsi[series % kAnsi.size()], text)
                        : text;
  }

  void Tell(const std::string& note, const std::string& indent, std::size_t used = 0) {
    const auto rows = Wrapped(look_.unicode ? note : AsciiOf(note), width_ - indent.size() - used);
    for (const std::string& row : rows) text_ += indent + row + "\n";
    if (rows.empty()) text_ += "\n";
  }

  std::string CellText(const Cell& cell) const {
    if (!cell.sign.empty()) return Coloured(cell.sign, cell.series);
    if (cell.dots == 0) return " ";
    return Coloured(look_.unicode ? Braille(cell.dots) : ".", cell.series);
  }

  void Plot() {
    Grid grid(chart_, columns_, rows_);
    for (std::size_t i = 0; i < chart_.lines.size(); ++i) Draw(chart_.lines[i], i, grid);
    std::vector<std::string> numbers(rows_);
    for (const double y : RoundMarks(grid.y().low, grid.y().high, rows_ / 3))
      numbers[grid.RowOf(y)] = Figure(y, 6);
    Tell(chart_.y_title, "");
    for (std::size_t row = 0; row < rows_; ++row) {
      const std::string axis = look_.unicode ? (numbers[row].empty() ? "│" : "┤") : "|";
      std::string line =
          fmt::format("{:>{}} {}", numbers[row].substr(0, kMargin - 1), kMargin - 1, axis);
      std::size_t empty = 0;
      for (std::size_t column = 0; column < columns_; ++column) {
        const std::string cell = CellText(grid.At(column, row));
        if (cell == " ") {
          ++empty;
          continue;
        }
        line += std::string(empty, ' ') + cell;
        empty = 0;
      }
      text_ += line + "\n";
    }
    Below(grid);
  }

  /// The axis of x, its numbers, its title.
  void Below(const Grid& grid) {
    std::string axis = std::string(kMargin, ' ') + (look_.unicode ? "└" : "+");
    std::string numbers(width_, ' ');
    std::vector<bool> marked(columns_);
    std::size_t free_from = 0;
    for (const double x : RoundMarks(grid.x().low, grid.x().high, columns_ / 10)) {
      const std::string number = Figure(x, 6);
      const std::size_t column = grid.ColumnOf(x), middle = kMargin + 1 + column;
      const std::size_t begin =
          std::min(middle - std::min(middle, number.size() / 2), width_ - number.size());
      if (begin < free_from) continue;
      marked[column] = true;
      numbers.replace(begin, number.size(), number);
      free_from = begin + number.size() + 1;
    }
    for (std::size_t column = 0; column < columns_; ++column)
      axis += look_.unicode ? (marked[column] ? "┬" : "─") : (marked[column] ? "+" : "-");
    numbers.erase(numbers.find_last_not_of(' ') + 1);
    text_ += axis + "\n" + numbers + "\n";
    const std::size_t length = std::min(chart_.x_title.size(), columns_);
    Tell(chart_.x_title, std::string(kMargin + (columns_ - length) / 2, ' '));
    text_ += "\n";
  }

  void Draw(const ChartLine& line, std::size_t series, Grid& grid) {
    const auto y = [](const CurvePoint& point) { return point.y; };
    const auto low = [](const CurvePoint& point) { return point.low.value_or(point.y); };
    const auto high = [](const CurvePoint& point) { return point.high.value_or(point.y); };
    std::vector<CurvePoint> past, ahead, banded;
    for (const CurvePoint& point : line.curve) {
      if (point.x <= line.now) past.push_back(point);
      if (point.x >= line.now) ahead.push_back(point);
    }
    for (const CurvePoint& point : line.joined ? line.points : line.curve)
      if (point.low && point.high) banded.push_back(point);
    grid.Trace(banded, low, 4, series);
    grid.Trace(banded, high, 4, series);
    grid.Trace(past, y, 1, series);
    grid.Trace(ahead, y, 3, series);
    if (line.joined) {
      grid.Trace(line.points, y, 1, series);
      if (!line.points.empty()) Sign(line.points.back(), series, grid);
    } else {
      for (const CurvePoint& point : line.points) Sign(point, series, grid);
    }
  }

  void Sign(const CurvePoint& point, std::size_t series, Grid& grid) {
    grid.Sign(point, (look_.unicode ? kSigns : kAsciiSigns)[series % kSigns.size()], series);
  }

  void Table() {
    if (chart_.rows.empty()) return;
    Tell("", "");
    Tell("sound  practices  mean   now           then          state", "");
    const auto told = [](const std::optional<CurveValue>& value) {
      return value ? fmt::format("{:.0f} ({:.0f}-{:.0f})", value->value, value->low, value->high)
                   : std::string("-");
    };
    for (const ChartRow& row : chart_.rows) {
      Tell(row.name + std::string(row.name.size() < 6 ? 6 - row.name.size() : 0, ' '), "");
      text_.pop_back();
      text_ += fmt::format(" {:>9.0f} {:>6.1f}   {:<13} {:<13} {}\n", row.practices, row.mean.value,
                           told(row.now), told(row.later), row.state);
    }
  }

  void Beside() {
    if (chart_.compared.empty()) return;
    Tell("", "");
    for (const ComparedText& text : ComparedTexts(chart_)) {
      Tell(text.what, "");
      Tell(SignOf(0) + " " + text.a + "   " + SignOf(1) + " " + text.b + "   difference " +
               text.difference + (text.overlap.empty() ? "" : ", intervals " + text.overlap),
           "    ");
    }
  }

  const CurveChart& chart_;
  const TextChartLook& look_;
  std::size_t width_, rows_, columns_;
  std::string text_;
};

}  // namespace

std::string TextChart(const CurveChart& chart, const TextChartLook& look) {
  return Writer(chart, look).Write();
}

}  // namespace euphone
