#include "text/word_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using ::testing::ElementsAre;

// 0 1 2: marks. engine/retrieve/embedder_test.cc compares with the reference on 1,000 texts.
WordPieces Toy() {
  return {{"[UNK]", "[CLS]", "[SEP]", "think", "##ing", "th", "##ink", "!", "cafe", "\u65e5", "ab"},
          {.begin = 1, .end = 2, .unknown = 0}};
}

TEST(WordPieces, TakesTheLongestPieceFirst) {
  EXPECT_THAT(Toy().Encode("think thinking thth", 16), ElementsAre(1, 3, 3, 4, 0, 2));
}

TEST(WordPieces, ReadsSmallLettersWithoutAccents) {
  EXPECT_THAT(Toy().Encode("THINK Caf\u00e9 cafe\u0301", 16), ElementsAre(1, 3, 8, 8, 2));
}

TEST(WordPieces, TakesSignsAndCjkCharactersForWords) {
  EXPECT_THAT(Toy().Encode("think!\u65e5think", 16), ElementsAre(1, 3, 7, 9, 3, 2));
}

TEST(WordPieces, LeavesOutControlCharactersAndBytesThatAreNoText) {
  EXPECT_THAT(Toy().Encode("a\x01"
                           "b a\xFF"
                           "b a\u200bb",
                           16),
              ElementsAre(1, 10, 10, 10, 2));
}

TEST(WordPieces, CutsALongTextButNeverItsEnd) {
  EXPECT_THAT(Toy().Encode("think think think", 4), ElementsAre(1, 3, 3, 2));
  EXPECT_THAT(Toy().Encode("think", 2), ElementsAre(1, 2));
}

TEST(WordPieces, TakesNothingInATextForAMark) {
  EXPECT_THAT(Toy().Encode("[SEP]", 16), ElementsAre(1, 0, 0, 0, 2));
}

TEST(WordPieces, KnowsNoWordOfMoreThanAHundredLetters) {
  EXPECT_THAT(Toy().Encode(std::string(101, 'a'), 16), ElementsAre(1, 0, 2));
}

}  // namespace
}  // namespace euphone
