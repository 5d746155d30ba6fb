#pragma once

#include <string_view>
#include <vector>

#include "live_page.h"
#include "live_signs.h"

namespace euphone::cli {

using PageRow = std::vector<Cell>;
using PageRows = std::vector<PageRow>;

/// What the parts of a page have in common. Internal to live_page*.cc.
struct PageMaker {
  const LiveView& view;
  PageSize size;
  const LiveSigns& signs;

  /// UTF-8 as this terminal can show it.
  std::string Text(std::string_view utf8) const {
    return size.unicode ? std::string(utf8) : InAscii(utf8);
  }
  StyledText Styled(std::string_view utf8, Style style = Style::kPlain) const {
    return StyledText(Text(utf8), style);
  }
  /// The line of signs under a line; empty where it has none.
  static PageRow Marks(const PageRow& line);
  /// One row, cut where it does not fit.
  PageRow Cut(const StyledText& text, int columns) const;
  PageRow Cut(const StyledText& text) const { return Cut(text, size.columns); }
  /// A row with a name in the left margin and as many more as `text` needs.
  void Put(std::string_view name, const StyledText& text, PageRows& rows) const;

  static constexpr int kMargin = 11;
};

/// The text with its marks in at most `rows` rows, scrolled to where the reader or the chosen word
/// is, in the middle where there is room.
PageRows TextRows(const PageMaker& make, int rows);

/// The word that is looked at, its sounds and their signs: three rows.
PageRows WordRows(const PageMaker& make);
/// What to do about the chosen word.
PageRows TipRows(const PageMaker& make);

/// Score, tries, praise and advice for the sentence that is practised; nothing before it was read.
PageRows ResultRows(const PageMaker& make);

/// What the keys do.
PageRows HelpRows(const PageMaker& make);

}  // namespace euphone::cli
