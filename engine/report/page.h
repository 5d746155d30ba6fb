#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/styled_text.h"

namespace euphone {

/// A page of text with names in the left margin; grows downwards.
class Page {
 public:
  /// `names`: every name that may be used, to make the margin wide enough.
  Page(int width, bool colour, const std::vector<std::string_view>& names);

  void Blank();
  /// Over the whole width, each line with its signs under it.
  void Text(const StyledText& text);
  void Row(std::string_view name, const StyledText& text);
  /// Columns aligned if they fit, else each row as running text. All rows have as many fields.
  void Table(std::string_view name, const std::vector<std::vector<StyledText>>& rows);
  /// The same without the margin.
  void WideTable(const std::vector<std::vector<StyledText>>& rows);
  std::string Take() { return std::move(text_); }

 private:
  void Line(std::string_view name, int margin, const std::vector<Cell>& line);
  void Row(std::string_view name, int margin, const StyledText& text);
  void Table(std::string_view name, int margin, const std::vector<std::vector<StyledText>>& rows);

  int width_;
  int margin_;
  bool colour_;
  std::string text_;
};

}  // namespace euphone
