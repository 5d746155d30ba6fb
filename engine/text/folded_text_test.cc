#include "text/folded_text.h"

#include <gtest/gtest.h>

#include <string>

#include "text/tokenizer.h"

namespace euphone {
namespace {

std::string Folded(std::string_view text) {
  const Result<FoldedText> folded = FoldText(text);
  return folded ? folded->chars : "error";
}

TEST(FoldedText, KnowsTheBytesOfEachCharacter) {
  const Result<FoldedText> folded = FoldText("a\u00adb\u00e6e\u0301");
  ASSERT_TRUE(folded);
  EXPECT_EQ(folded->chars, "abaee");
  ASSERT_EQ(folded->spans.size(), 5U);
  EXPECT_EQ(folded->spans[1], (TextSpan{3, 4}));
  EXPECT_EQ(folded->spans[2], (TextSpan{4, 6}));
  EXPECT_EQ(folded->spans[3], (TextSpan{4, 6}));
  EXPECT_EQ(folded->spans[4], (TextSpan{6, 9}));
}

TEST(FoldedText, HasOneLineEndForAnyNewline) {
  EXPECT_EQ(Folded("a\r\nb\rc\nd\u2028e\u0085f"), "a\nb\nc\nd\ne\nf");
}

TEST(FoldedText, KeepsOnlyTypedBracesAsNotation) {
  EXPECT_EQ(Folded("{\uff5b\ufe5b\uff3c"), "{(  ");
}

TEST(FoldedText, SetsFractionsApartFromDigits) {
  EXPECT_EQ(Folded("5\u00bd"), "5 1/2");
  EXPECT_EQ(Folded("\u00be"), "3/4");
}

TEST(FoldedText, MarksRaisedNumbers) { EXPECT_EQ(Folded("m\u00b2 10\u00b9\u2070"), "m^2 10^10"); }

TEST(FoldedText, MarksOtherScriptsAndEmoji) {
  EXPECT_EQ(Folded("\u0416\u4e16"), std::string(2, mark::kForeign));
  EXPECT_EQ(Folded("\U0001f600\u2764"), std::string(2, mark::kEmoji));
  EXPECT_EQ(Folded("\u21d2"), std::string(1, mark::kUnknown));
}

TEST(Tokenizer, CutsWordsDigitsAndSymbols) {
  const Result<FoldedText> folded = FoldText("It's 5km, o'\n\nx\n- y");
  ASSERT_TRUE(folded);
  const Result<std::vector<Token>> tokens = Tokenize(*folded);
  ASSERT_TRUE(tokens);
  std::string kinds;
  for (const Token& token : *tokens) kinds.push_back("wdsipe"[static_cast<int>(token.kind)]);
  EXPECT_EQ(kinds, "wdwswspwpswe");
  EXPECT_EQ((*tokens)[0].lower, "it's");
  EXPECT_TRUE((*tokens)[1].spaced);
  EXPECT_FALSE((*tokens)[2].spaced);
}

}  // namespace
}  // namespace euphone
