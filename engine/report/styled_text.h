#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace euphone {

/// How a piece of text looks in a terminal. Bands have the terminal's own colours, so they follow
/// the user's theme; red is kept for nobody. kChosen is what the user points at, on screens.
enum class Style { kPlain, kBold, kDim, kClear, kSlight, kHard, kWrong, kUnsure, kChosen };

/// One character as people see it (a grapheme cluster), with the sign that stands under it.
struct Cell {
  std::string text;
  int columns = 0;  ///< 0–2 in the terminal.
  Style style = Style::kPlain;
  std::string_view mark = {};  ///< One column wide, of static storage; empty: none.
};

/// Text with styles. Control characters, also those of terminals and of writing direction, do not
/// get in; a line feed stays and forces a new line.
class StyledText {
 public:
  StyledText() = default;
  explicit StyledText(std::string_view utf8, Style style = Style::kPlain) { Add(utf8, style); }
  StyledText& Add(std::string_view utf8, Style style = Style::kPlain, std::string_view mark = {});

  int columns() const;  ///< REQUIRES: no line feed.
  bool empty() const { return cells_.empty(); }
  const std::vector<Cell>& cells() const { return cells_; }

 private:
  std::vector<Cell> cells_;
};

/// Lines of at most `columns`, broken at spaces where there are some. At least one line.
std::vector<std::vector<Cell>> Wrap(const StyledText& text, int columns);

/// The cells as text, with ANSI sequences if `colour`; ends in the plain style.
std::string Render(const std::vector<Cell>& line, bool colour);

/// The line of signs under `line`, empty if it has none.
std::string RenderMarks(const std::vector<Cell>& line, bool colour);

}  // namespace euphone
