#include "lexicon/word_key.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

TEST(WordKey, IsTheSameForAllSpellingsOfAWord) {
  EXPECT_EQ(WordKey("Don\u2019t"), "don't");
  EXPECT_EQ(WordKey("CAF\u00C9"), "cafe");
  EXPECT_EQ(WordKey("cafe\u0301"), "cafe");
  EXPECT_EQ(WordKey("Stra\u00DFe"), "strasse");
}

TEST(WordKey, OfAKeyIsTheKey) {
  for (const char* key : {"o'clock", "mr.", "well-known", "'twas", ""})
    EXPECT_EQ(WordKey(key), key);
}

TEST(WordKey, LeavesBrokenUtf8Alone) { EXPECT_EQ(WordKey("A\xFF"), "A\xFF"); }

TEST(IsWord, WantsALetterOrAnApostropheFirst) {
  for (const char* word : {"a.", "'twas", "well-known", "p.m."}) EXPECT_TRUE(IsWord(word)) << word;
  for (const char* other :
       {"!exclamation-point", "(paren", "3d", "-a", ".a", "'", "", "a\xFF", "a\x13"})
    EXPECT_FALSE(IsWord(other)) << other;
}

}  // namespace
}  // namespace euphone
