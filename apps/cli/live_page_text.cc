#include <algorithm>
#include <string>
#include <vector>

#include "live_page_parts.h"
#include "report/format.h"

namespace euphone::cli {
namespace {

/// At most so wide: longer lines are hard to read.
constexpr int kWidest = 76;

/// Where the eyes should be: the chosen word, the one being read, or the one judged last.
std::optional<std::size_t> PlaceOf(const LiveView& view) {
  if (view.chosen()) return view.chosen();
  if (view.state() == LiveState::kListening && view.cursor()) return view.cursor();
  return view.inspected();
}

/// A stretch of the text that looks the same, with its word.
void AddWord(const PageMaker& make, std::size_t index, std::string_view text, StyledText& out) {
  const LiveView& view = make.view;
  const ViewWord& word = view.item().words[index];
  Sign look = LookOf(word, make.signs);
  const bool current =
      view.state() == LiveState::kListening && view.cursor() == index && !view.chosen();
  if (word.sign == WordSign::kNone) {
    look.style = word.sentence == view.sentence() ? Style::kBold : Style::kPlain;
  }
  if (current && look.mark.empty()) look = {Style::kBold, make.signs.cursor, {}};
  if (view.chosen() == index) look.style = Style::kChosen;
  out.Add(make.Text(text), look.style, look.mark);
}

/// Which of several words that share what is written is shown for all of them.
std::size_t Telling(const LiveView& view, std::size_t first, std::size_t last) {
  for (std::size_t w = first; w <= last; ++w) {
    if (view.chosen() == w) return w;
  }
  std::size_t worst = first;
  for (std::size_t w = first; w <= last; ++w) {
    if (view.item().words[w].sign > view.item().words[worst].sign) worst = w;
  }
  return worst;
}

/// The text with a line break only where it has one; `place` is the cell at which the eyes are.
StyledText Marked(const PageMaker& make, std::optional<std::size_t> place, std::size_t& cell) {
  const ViewItem& item = make.view.item();
  const std::vector<bool> hidden = MarkupBytes(item.text);
  StyledText text;
  std::size_t at = 0;
  const auto rest = [&](std::size_t end) {
    std::string between;
    for (; at < end; ++at) {
      if (!hidden[at]) between += item.text[at];
    }
    return between;
  };
  for (std::size_t w = 0; w < item.words.size();) {
    std::size_t last = w;
    while (last + 1 < item.words.size() && item.words[last + 1].span == item.words[w].span) ++last;
    text.Add(make.Text(rest(item.words[w].span.begin)));
    if (place && *place >= w && *place <= last) cell = text.cells().size();
    AddWord(make, Telling(make.view, w, last), rest(item.words[w].span.end), text);
    w = last + 1;
  }
  text.Add(make.Text(rest(item.text.size())));
  return text;
}

/// The line in which the cell is: lines leave out nothing but white space.
std::size_t LineOf(const StyledText& text, const std::vector<std::vector<Cell>>& lines,
                   std::size_t cell) {
  std::size_t at = 0;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (const Cell& shown : lines[l]) {
      while (at < text.cells().size() && text.cells()[at].text != shown.text) ++at;
      if (at >= cell) return l;
      ++at;
    }
  }
  return lines.empty() ? 0 : lines.size() - 1;
}

}  // namespace

PageRows TextRows(const PageMaker& make, int rows) {
  if (rows < 1 || make.view.item().words.empty()) return {};
  std::size_t cell = 0;
  const StyledText text = Marked(make, PlaceOf(make.view), cell);
  const int width = std::max(10, std::min(make.size.columns - 4, kWidest));
  const std::vector<std::vector<Cell>> lines = Wrap(text, width);
  const auto fit = static_cast<std::size_t>(std::max(1, rows / 2));
  std::size_t first = 0;
  if (lines.size() > fit) {
    const std::size_t line = LineOf(text, lines, cell);
    // One line of what was read stays in sight.
    first = std::min(line > 0 ? line - 1 : 0, lines.size() - fit);
    if (fit == 1) first = line;
  }
  const std::size_t shown = std::min(fit, lines.size() - first);
  PageRows all(static_cast<std::size_t>(std::max(0, (rows - static_cast<int>(2 * shown)) / 2)));
  int widest = 0;
  for (const std::vector<Cell>& line : lines) {
    int columns = 0;
    for (const Cell& c : line) columns += c.columns;
    widest = std::max(widest, columns);
  }
  const auto indent = static_cast<std::size_t>(std::max(1, (make.size.columns - widest) / 2));
  for (std::size_t l = first; l < first + shown; ++l) {
    PageRow row(indent, Cell{" ", 1});
    PageRow marks = row;
    const PageRow under = PageMaker::Marks(lines[l]);
    row.insert(row.end(), lines[l].begin(), lines[l].end());
    marks.insert(marks.end(), under.begin(), under.end());
    all.push_back(std::move(row));
    all.push_back(std::move(marks));
  }
  return all;
}

}  // namespace euphone::cli
