#include "report/page.h"

#include <algorithm>
#include <cstddef>

namespace euphone {
namespace {

constexpr int kIndent = 2;
constexpr int kGap = 2;
constexpr int kNarrowest = 40;

std::string Spaces(int columns) {
  return std::string(static_cast<std::size_t>(std::max(columns, 0)), ' ');
}

std::vector<Cell> Trimmed(const StyledText& text) {
  std::vector<Cell> cells = text.cells();
  while (!cells.empty() && cells.back().text == " ") cells.pop_back();
  return cells;
}

}  // namespace

Page::Page(int width, bool colour, const std::vector<std::string_view>& names)
    : width_(std::max(width, kNarrowest)), margin_(0), colour_(colour) {
  for (const std::string_view name : names) {
    margin_ = std::max(margin_, StyledText(name).columns() + kGap);
  }
}

void Page::Blank() { text_ += '\n'; }

void Page::Text(const StyledText& text) {
  for (const std::vector<Cell>& line : Wrap(text, width_ - kIndent)) {
    if (line.empty()) continue;
    Line("", 0, line);
    const std::string marks = RenderMarks(line, colour_);
    if (!marks.empty()) text_ += Spaces(kIndent) + marks + '\n';
  }
}

void Page::Row(std::string_view name, const StyledText& text) { Row(name, margin_, text); }

void Page::Table(std::string_view name, const std::vector<std::vector<StyledText>>& rows) {
  Table(name, margin_, rows);
}

void Page::WideTable(const std::vector<std::vector<StyledText>>& rows) { Table("", 0, rows); }

void Page::Line(std::string_view name, int margin, const std::vector<Cell>& line) {
  const StyledText label(name, Style::kDim);
  text_ += Spaces(kIndent) + Render(label.cells(), colour_) + Spaces(margin - label.columns()) +
           Render(line, colour_) + '\n';
}

void Page::Row(std::string_view name, int margin, const StyledText& text) {
  for (const std::vector<Cell>& line : Wrap(text, width_ - kIndent - margin)) {
    Line(name, margin, line);
    name = "";
  }
}

void Page::Table(std::string_view name, int margin,
                 const std::vector<std::vector<StyledText>>& rows) {
  std::vector<int> columns;
  for (const std::vector<StyledText>& row : rows) {
    columns.resize(row.size(), 0);
    for (std::size_t c = 0; c < row.size(); ++c) {
      columns[c] = std::max(columns[c], row[c].columns());
    }
  }
  int needed = kIndent + margin - kGap;
  for (const int column : columns) needed += column + kGap;
  const bool fits = needed <= width_;
  for (const std::vector<StyledText>& row : rows) {
    StyledText line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!fits && row[c].empty()) continue;
      for (const Cell& cell : row[c].cells()) line.Add(cell.text, cell.style);
      line.Add(Spaces(fits ? columns[c] - row[c].columns() + kGap : kGap));
    }
    if (fits) {
      Line(name, margin, Trimmed(line));
    } else {
      Row(name, margin, line);
    }
    name = "";
  }
}

}  // namespace euphone
