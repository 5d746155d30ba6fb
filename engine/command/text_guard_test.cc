#include "command/text_guard.h"

#include <gtest/gtest.h>

#include <string>

#include "command/command_fixture.h"
#include "command/phrase.h"

namespace euphone {
namespace {

using testing::ShippedLexicon;
using testing::TextOf;

bool Has(const std::string& text, const std::string& phrase, std::size_t first, std::size_t last) {
  const Phrase said = *MakePhrase(*ShippedLexicon(), phrase);
  return TextGuard(TextOf(text), std::span(&said, 1)).Has(0, first, last);
}

TEST(TextGuard, FindsAPhraseAnywhereInTheText) {
  EXPECT_TRUE(Has("birds sing and then they go back home", "go back", 0, 2));
  EXPECT_FALSE(Has("birds go home and come back", "go back", 0, 6));
}

TEST(TextGuard, FindsAPhraseInsideOtherWordsAndAcrossThem) {
  EXPECT_TRUE(Has("against the wind", "again", 0, 1));
  EXPECT_TRUE(Has("he stopped", "stop", 0, 1));
  EXPECT_TRUE(Has("this top", "stop", 0, 1));
}

TEST(TextGuard, FindsWhatSoundsLikeAPhraseOnlyNearTheReader) {
  const std::string text = "read the text of the first page about birds";
  EXPECT_TRUE(Has(text, "next", 0, 3));
  EXPECT_FALSE(Has(text, "next", 3, 9));
  EXPECT_FALSE(Has(text, "next", 0, 0));
}

TEST(TextGuard, KnowsEveryWayToSayAWord) {
  EXPECT_TRUE(Has("the a", "{x|DH IY EY}", 0, 0));
  EXPECT_TRUE(Has("the a", "{x|DH AH AH}", 0, 0));
}

TEST(TextGuard, FindsNothingInATextWithoutWords) { EXPECT_FALSE(Has("", "next", 0, 10)); }

}  // namespace
}  // namespace euphone
