#include "live_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "live_page_parts.h"
#include "report/format.h"
#include "report/phrases.h"

namespace euphone::cli {
namespace {

constexpr int kWordRows = 3, kResultRows = 7;
/// Below so many rows there is room for the text alone.
constexpr int kRoomForWord = 12, kRoomForResult = 16;
constexpr int kMeter = 20;
/// What the meter shows, in dBFS.
constexpr double kMeterFrom = -60.0;

std::pair<std::string_view, std::string_view> StateOf(const PageMaker& make) {
  switch (make.view.state()) {
    case LiveState::kOpening:
      return {make.signs.opening, "one moment"};
    case LiveState::kListening:
      return {make.signs.listening, "listening"};
    case LiveState::kStopped:
      return {make.signs.stopped, "not listening"};
    case LiveState::kPlaying:
      return {make.signs.playing, "playing"};
    case LiveState::kFailed:
      break;
  }
  return {make.signs.failed, "stopped"};
}

PageRow TitleRow(const PageMaker& make) {
  const LiveView& view = make.view;
  std::string name = view.title().empty() ? "Euphone" : OneLine(view.title());
  if (view.item_count() > 1)
    name += fmt::format("  {} of {}", view.item_index() + 1, view.item_count());
  if (view.slow()) name += "  (slow)";
  const auto [sign, words] = StateOf(make);
  const std::string state = fmt::format("{} {}", sign, words);
  const StyledText right(state, Style::kBold);
  PageRow row = make.Cut(make.Styled(" " + name, Style::kDim),
                         std::max(0, make.size.columns - right.columns() - 2));
  int used = 0;
  for (const Cell& cell : row) used += cell.columns;
  const int gap = make.size.columns - used - right.columns() - 1;
  for (int i = 0; i < gap; ++i) row.push_back({" ", 1});
  row.insert(row.end(), right.cells().begin(), right.cells().end());
  return row;
}

/// The signs that can be seen, and what they mean; those that matter most are cut last.
PageRow LegendRow(const PageMaker& make) {
  std::vector<Sign> seen;
  const auto see = [&](const Sign& sign) {
    const bool known =
        std::ranges::any_of(seen, [&](const Sign& s) { return s.mark == sign.mark; });
    if (!sign.mark.empty() && !known) seen.push_back(sign);
  };
  for (const ViewWord& word : make.view.item().words) see(LookOf(word, make.signs));
  if (const auto word = make.view.inspected(); word && *word < make.view.item().words.size()) {
    for (const PhoneScore& phone : make.view.item().words[*word].phones)
      see(LookOf(phone.band, make.signs));
  }
  StyledText legend;
  for (const Sign& sign : seen) {
    if (legend.empty()) legend.Add(" ");
    StyledText next = legend;
    if (next.columns() > 1) next.Add("  ");
    next.Add(sign.mark, sign.style).Add(" ").Add(sign.meaning, Style::kDim);
    if (next.columns() <= make.size.columns) legend = std::move(next);
  }
  return make.Cut(legend);
}

std::string_view AdviceWords(LevelAdvice advice) {
  switch (advice) {
    case LevelAdvice::kNone:
      return "";
    case LevelAdvice::kGood:
      return "good";
    case LevelAdvice::kTooQuiet:
      return "too quiet: come closer";
    case LevelAdvice::kTooLoud:
      return "too loud: move away a little";
    case LevelAdvice::kNoisy:
      break;
  }
  return "noisy: find a quieter place";
}

PageRow MeterRow(const PageMaker& make) {
  const LevelView& level = make.view.level();
  const bool heard = make.view.state() == LiveState::kListening;
  const double share = heard ? (level.rms_dbfs() - kMeterFrom) / -kMeterFrom : 0.0;
  const int lit = std::clamp(static_cast<int>(std::ceil(share * kMeter)), 0, kMeter);
  StyledText row(" ");
  for (int i = 0; i < kMeter; ++i)
    row.Add(i < lit ? make.signs.lit : make.signs.unlit, i < lit ? Style::kPlain : Style::kDim);
  if (!heard) return make.Cut(row);
  row.Add(fmt::format(" {:4.0f} dB", std::max(-99.0, level.rms_dbfs())), Style::kDim);
  const LevelAdvice advice = level.advice();
  if (const auto snr = level.snr_db(); snr && advice != LevelAdvice::kNone)
    row.Add(fmt::format("  {:.0f} dB over the background", *snr), Style::kDim);
  if (advice != LevelAdvice::kNone) {
    const Style style = advice == LevelAdvice::kGood ? Style::kDim : Style::kBold;
    row.Add("  ").Add(AdviceWords(advice), style);
  }
  return make.Cut(row);
}

/// As many keys as there is room for; help has them all.
PageRow KeysRow(const PageMaker& make) {
  StyledText row;
  const bool several = make.view.item_count() > 1;
  const auto add = [&](std::string_view key, std::string_view does) {
    StyledText next = row;
    next.Add(row.empty() ? " " : "  ").Add(key, Style::kBold).Add(" ").Add(does, Style::kDim);
    if (next.columns() <= make.size.columns) row = std::move(next);
  };
  add("?", "help");
  add("q", "quit");
  add("r", "again");
  if (several) add("n", "next");
  add("space", make.view.state() == LiveState::kStopped ? "start" : "stop");
  add(make.size.unicode ? "←→" : "arrows", "words");
  add("o", "mine");
  add("m", "model");
  add("s", "slow");
  add("v", "more");
  if (several) add("p", "back");
  return make.Cut(row);
}

void Heighten(PageRows& rows, int height) {
  rows.resize(static_cast<std::size_t>(std::max(0, height)));
}

void AppendRows(PageRows more, PageRows& rows) {
  for (PageRow& row : more) rows.push_back(std::move(row));
}

/// Text, word and result in `rows` rows.
PageRows Middle(const PageMaker& make, int rows) {
  const int word = rows >= kRoomForWord - 6 ? kWordRows + 1 : 0;
  // A page of text needs less room for one result than the text itself.
  const int result = rows >= kRoomForResult - 6 ? std::min(kResultRows, rows * 2 / 5) : 0;
  PageRows all = TextRows(make, rows - word - result);
  Heighten(all, rows - word - result);
  if (word > 0) {
    PageRows part = WordRows(make);
    Heighten(part, word);
    AppendRows(std::move(part), all);
  }
  if (result > 0) {
    PageRows part = make.view.chosen() ? TipRows(make) : ResultRows(make);
    Heighten(part, result);
    AppendRows(std::move(part), all);
  }
  return all;
}

}  // namespace

PageRow PageMaker::Marks(const PageRow& line) {
  PageRow marks;
  for (const Cell& cell : line) {
    for (int i = 0; i < cell.columns; ++i) {
      if (cell.mark.empty())
        marks.push_back({" ", 1});
      else
        marks.push_back(
            {std::string(cell.mark), 1, cell.style == Style::kChosen ? Style::kBold : cell.style});
    }
  }
  while (!marks.empty() && marks.back().text == " ") marks.pop_back();
  return marks;
}

PageRow PageMaker::Cut(const StyledText& text, int columns) const {
  PageRow row;
  int used = 0;
  for (const Cell& cell : text.cells()) {
    if (cell.text == "\n") break;
    if (used + cell.columns > columns) break;
    used += cell.columns;
    row.push_back(cell);
  }
  return row;
}

void PageMaker::Put(std::string_view name, const StyledText& text, PageRows& rows) const {
  bool first = true;
  for (const std::vector<Cell>& line : Wrap(text, std::max(10, size.columns - kMargin - 1))) {
    StyledText margin(" ");
    if (first) margin.Add(name, Style::kDim);
    while (margin.columns() < kMargin) margin.Add(" ");
    first = false;
    PageRow row = margin.cells();
    row.insert(row.end(), line.begin(), line.end());
    rows.push_back(std::move(row));
  }
}

std::vector<std::vector<Cell>> DrawPage(const LiveView& view, const PageSize& size) {
  const PageMaker make{view, size, size.unicode ? kUnicodeSigns : kAsciiSigns};
  PageRows page{TitleRow(make), {}};
  constexpr int kFooter = 4;
  const int middle = size.rows - static_cast<int>(page.size()) - kFooter;
  PageRows part = view.help() ? HelpRows(make) : Middle(make, middle);
  Heighten(part, middle);
  AppendRows(std::move(part), page);
  page.push_back(make.Cut(make.Styled(view.notice().empty() ? "" : " " + view.notice())));
  page.push_back(LegendRow(make));
  page.push_back(MeterRow(make));
  page.push_back(KeysRow(make));
  for (PageRow& row : page) {
    int used = 0;
    const auto beyond = std::ranges::find_if(
        row, [&](const Cell& cell) { return (used += cell.columns) > size.columns; });
    row.erase(beyond, row.end());
  }
  // A terminal of a few rows keeps the text.
  while (std::ssize(page) > size.rows && !page.empty()) page.pop_back();
  return page;
}

}  // namespace euphone::cli
