#include "report/format.h"

#include <gtest/gtest.h>

#include <limits>

namespace euphone {
namespace {

TEST(Decimal, DropsZerosThatSayNothing) {
  EXPECT_EQ(Decimal(0.51, 3), "0.51");
  EXPECT_EQ(Decimal(2.0, 3), "2");
  EXPECT_EQ(Decimal(100.0, 0), "100");
  EXPECT_EQ(Decimal(0.0000625, 7), "0.0000625");
}

TEST(Decimal, NeverWritesMinusZeroOrNan) {
  EXPECT_EQ(Decimal(-0.0001, 2), "0");
  EXPECT_EQ(Decimal(std::numeric_limits<double>::quiet_NaN(), 2), "");
  EXPECT_EQ(Decimal(-std::numeric_limits<double>::infinity(), 2), "");
}

TEST(OneLine, MakesLineBreaksAndControlsOneSpace) {
  EXPECT_EQ(OneLine("  a\r\n\tb\x1b[31m c \n"), "a b [31m c");
  EXPECT_EQ(OneLine(""), "");
}

TEST(WrittenText, LeavesOutPronunciationMarkup) {
  const std::string text = "Hi {Zoë|Z OW1 IY0}, \\{not\\} | this";
  EXPECT_EQ(WrittenText(text, {0, text.size()}), "Hi Zoë, {not} | this");
  EXPECT_EQ(WrittenText(text, {3, 19}), "Zoë");
}

TEST(WrittenText, KeepsABracketThatIsNeverClosed) {
  EXPECT_EQ(WrittenText("a { b", {0, 5}), "a { b");
  EXPECT_EQ(WrittenText("a {b} c|d", {0, 9}), "a {b} c|d");
}

TEST(Utf16Offsets, CountSurrogatePairsAsTwo) {
  const std::string text = "aë😀b";  // 1 + 2 + 4 + 1 bytes
  const Utf16Offsets offsets(text);
  EXPECT_EQ(offsets.At(0), 0u);
  EXPECT_EQ(offsets.At(1), 1u);
  EXPECT_EQ(offsets.At(3), 2u);
  EXPECT_EQ(offsets.At(7), 4u);
  EXPECT_EQ(offsets.At(8), 5u);
}

}  // namespace
}  // namespace euphone
