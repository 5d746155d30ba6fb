#include "live_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "live_events_fixture.h"
#include "live_signs.h"

namespace euphone::cli {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kText = "I think so.";

LiveView ReadOnce(double score, Band band) {
  LiveView view(TestPhones(), 2, "Everyday");
  view.Hear(ListeningTo(kText));
  for (std::size_t w = 0; w < 3; ++w) {
    view.Hear(Word(w, WordState::kFinal, score, band, 1, 1001));
    view.Hear({.kind = PhonesScored{w, 1, 1001, AnalysisOf(kText, score, band)->words[w].phones}});
  }
  view.Hear(Finished(0, 0, true, AnalysisOf(kText, score, band)));
  return view;
}

std::vector<std::string> Page(const LiveView& view, PageSize size = {}) {
  return LinesOf(DrawPage(view, size));
}

int Columns(const std::vector<Cell>& row) {
  int sum = 0;
  for (const Cell& cell : row) sum += cell.columns;
  return sum;
}

TEST(LivePage, ShowsTheSentenceItsMarksScoreAdviceAndKeys) {
  const auto lines = Page(ReadOnce(76, Band::kSlightlyAccented));
  ASSERT_EQ(lines.size(), 24U);
  EXPECT_THAT(lines.front(), HasSubstr("Everyday  1 of 2"));
  EXPECT_THAT(lines.front(), HasSubstr("listening"));
  EXPECT_THAT(lines, Contains(HasSubstr("I think so.")));
  EXPECT_THAT(lines, Contains(HasSubstr("· ·····")));
  EXPECT_THAT(lines, Contains(HasSubstr("76 of 100")));
  EXPECT_THAT(lines, Contains(HasSubstr("θ")));
  EXPECT_THAT(lines, Contains(HasSubstr("· slightly accented")));
  EXPECT_THAT(lines.back(), HasSubstr("q quit"));
}

TEST(LivePage, HelpSaysWhatCanBeCalledOutWhereCommandsAreListenedFor) {
  LiveView view = ReadOnce(76, Band::kClear);
  view.Press(LiveKey::kHelp);
  EXPECT_THAT(Page(view), Not(Contains(HasSubstr("hey coach"))));
  view.SetWake("hey coach");
  EXPECT_THAT(Page(view), Contains(HasSubstr("next, again, repeat slowly")));
  EXPECT_THAT(Page(view), Contains(HasSubstr("hey coach")));
}

TEST(LivePage, EveryBandHasASignOfItsOwnWithoutColour) {
  for (const LiveSigns* signs : {&kUnicodeSigns, &kAsciiSigns}) {
    std::vector<std::string_view> marks{signs->partial, signs->left_out, signs->cursor};
    for (const Band band : {Band::kClear, Band::kSlightlyAccented, Band::kHardToUnderstand,
                            Band::kNotAsWritten, Band::kNotSure})
      marks.push_back(LookOf(band, *signs).mark);
    std::ranges::sort(marks);
    EXPECT_EQ(std::ranges::adjacent_find(marks), marks.end());
  }
}

TEST(LivePage, FitsEverySizeAndNeverWritesBeyondIt) {
  LiveView view = ReadOnce(30, Band::kNotAsWritten);
  for (const bool help : {false, true}) {
    if (help) view.Press(LiveKey::kHelp);
    for (int rows = 1; rows <= 50; ++rows) {
      for (const int columns : {12, 20, 40, 60, 80, 120}) {
        const auto page = DrawPage(view, {.rows = rows, .columns = columns});
        EXPECT_LE(std::ssize(page), rows);
        for (const auto& row : page) EXPECT_LE(Columns(row), columns) << rows << "x" << columns;
      }
    }
  }
}

TEST(LivePage, InAsciiThereIsNothingElse) {
  LiveView view = ReadOnce(30, Band::kNotAsWritten);
  view.Press(LiveKey::kRight);
  for (const std::string& line : Page(view, {.unicode = false})) {
    EXPECT_TRUE(std::ranges::all_of(line, [](char c) { return c >= 0x20 && c < 0x7f; })) << line;
  }
  EXPECT_THAT(Page(view, {.unicode = false}), Contains(HasSubstr("TH as in think")));
}

TEST(LivePage, TriesStandSideBySide) {
  LiveView view = ReadOnce(62, Band::kSlightlyAccented);
  view.Hear(Word(0, WordState::kPartial, 90, Band::kClear, 2));
  EXPECT_THAT(Page(view), Contains(HasSubstr("Before    62")));
  EXPECT_THAT(Page(view), Each(Not(HasSubstr("of 100"))));
  view.Hear(Finished(0, 0, true, AnalysisOf(kText, 76, Band::kClear), 2));
  EXPECT_THAT(Page(view), Contains(HasSubstr("1: 62  →  2: 76   14 more than before")));
}

TEST(LivePage, AChosenWordSaysWhatWasHeardAndWhatToDo) {
  LiveView view = ReadOnce(30, Band::kNotAsWritten);
  view.Press(LiveKey::kRight);
  const auto lines = Page(view);
  EXPECT_THAT(lines, Contains(HasSubstr("θ as in think")));
  EXPECT_THAT(lines, Contains(HasSubstr("tip of your tongue")));
  const auto cells = DrawPage(view, {});
  const auto chosen = [](const std::vector<Cell>& row) {
    return std::ranges::any_of(row, [](const Cell& c) { return c.style == Style::kChosen; });
  };
  EXPECT_TRUE(std::ranges::any_of(cells, chosen));
}

TEST(LivePage, TheCursorIsUnderTheWordToCome) {
  LiveView view(TestPhones(), 1, "");
  view.Hear(ListeningTo(kText));
  view.Hear({.kind = WordCurrent{1}});
  const auto lines = Page(view);
  const auto text =
      std::ranges::find_if(lines, [](const std::string& l) { return l.find("think") != l.npos; });
  ASSERT_NE(text, lines.end());
  EXPECT_EQ(text->find("think"), (text + 1)->find("▲▲▲▲▲"));
}

TEST(LivePage, ALongTextScrollsWithTheReader) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "word" + std::to_string(i) + " ";
  LiveView view(TestPhones(), 1, "");
  view.Hear(ListeningTo(text + "end."));
  EXPECT_THAT(Page(view), Contains(HasSubstr("word0 ")));
  view.Hear({.kind = WordCurrent{200}});
  EXPECT_THAT(Page(view), Contains(HasSubstr("word200")));
  EXPECT_THAT(Page(view), Each(Not(HasSubstr("word0 "))));
  view.Hear({.kind = WordCurrent{300}});
  EXPECT_THAT(Page(view), Contains(HasSubstr("end.")));
}

TEST(LivePage, NothingMovesWhileWordsAreMarked) {
  LiveView view(TestPhones(), 1, "");
  view.Hear(ListeningTo(kText));
  const auto row = [&] {
    const auto lines = Page(view);
    return std::ranges::find_if(lines,
                                [](const std::string& l) { return l.find("think") != l.npos; }) -
           lines.begin();
  };
  const auto before = row();
  view.Hear(Word(0, WordState::kPartial, 90, Band::kClear));
  EXPECT_EQ(row(), before);
  view.Hear(Finished(0, 0, true, AnalysisOf(kText, 76, Band::kClear)));
  EXPECT_EQ(row(), before);
}

}  // namespace
}  // namespace euphone::cli
