#include "report/styled_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

std::vector<std::string> Lines(std::string_view text, int columns) {
  std::vector<std::string> lines;
  for (const std::vector<Cell>& line : Wrap(StyledText(text), columns)) {
    lines.push_back(Render(line, false));
  }
  return lines;
}

TEST(StyledText, CountsColumnsAsATerminalDoes) {
  EXPECT_EQ(StyledText("Zoë").columns(), 3);
  EXPECT_EQ(StyledText("Zoe\u0308").columns(), 3);  // the accent as a character of its own
  EXPECT_EQ(StyledText("日本").columns(), 4);
  EXPECT_EQ(StyledText("😀").columns(), 2);
  EXPECT_EQ(StyledText("👩‍🔬").columns(), 2);  // three code points, one picture
  EXPECT_EQ(StyledText("❤️").columns(), 2);
  EXPECT_EQ(StyledText("tʃ").columns(), 2);
}

TEST(StyledText, LetsNoTerminalOrDirectionControlsIn) {
  const StyledText text("a\x1b[31mb\u009b5mc\u202ed\u2066e\tf");
  EXPECT_EQ(Render(text.cells(), false), "a [31mb 5mcde f");
}

TEST(StyledText, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(Render(StyledText("a\xff\xc3").cells(), false), "a\uFFFD\uFFFD");
}

TEST(Wrap, BreaksAtSpacesAndNeverExceedsTheWidth) {
  EXPECT_THAT(Lines("the quick brown fox", 10), testing::ElementsAre("the quick", "brown fox"));
  EXPECT_THAT(Lines("the  quick", 4), testing::ElementsAre("the", "quic", "k"));
}

TEST(Wrap, CutsAWordThatIsTooLong) {
  EXPECT_THAT(Lines("a Donaudampfschiff", 6),
              testing::ElementsAre("a", "Donaud", "ampfsc", "hiff"));
}

TEST(Wrap, KeepsLineBreaksAndGivesOneLineForNothing) {
  EXPECT_THAT(Lines("a\nb", 10), testing::ElementsAre("a", "b"));
  EXPECT_THAT(Lines("", 10), testing::ElementsAre(""));
}

TEST(Render, ColoursRunsAndEndsPlain) {
  const StyledText text = StyledText("a").Add("bc", Style::kHard);
  EXPECT_EQ(Render(text.cells(), true), "a\x1b[0;33mbc\x1b[0m");
}

TEST(RenderMarks, PutsEverySignUnderItsCharacter) {
  const StyledText text = StyledText("a ").Add("日x", Style::kHard, "~").Add(" b");
  EXPECT_EQ(RenderMarks(text.cells(), false), "  ~~~");
  EXPECT_EQ(RenderMarks(StyledText("ab").cells(), false), "");
}

}  // namespace
}  // namespace euphone
