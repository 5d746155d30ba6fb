#include "lexicon/ipa.h"

#include <gtest/gtest.h>

#include "lexicon/english_fixture.h"

namespace euphone {
namespace {

std::string Ipa(std::string_view symbols) {
  return Ipa(fixture::Arpabet(symbols), fixture::Phones(), fixture::Syllables());
}

TEST(Ipa, MarksStressAndSyllables) {
  EXPECT_EQ(Ipa("P R AH0 N AH2 N S IY0 EY1 SH AH0 N"), "pɹəˌnʌn.siˈeɪ.ʃən");
  EXPECT_EQ(Ipa("W AO1 T ER0"), "ˈwɔ.tɚ");
  EXPECT_EQ(Ipa("AH0 G EH1 N"), "əˈɡɛn");
  EXPECT_EQ(Ipa("B ER1 TH D EY2"), "ˈbɝθˌdeɪ");
}

TEST(Ipa, LeavesAWordOfOneSyllableUnmarked) {
  EXPECT_EQ(Ipa("K AE1 T"), "kæt");
  EXPECT_EQ(Ipa("DH AH0"), "ðə");
  EXPECT_EQ(Ipa("S IY1"), "siː");
}

TEST(Ipa, WritesWordsWithoutAVowel) { EXPECT_EQ(Ipa("HH M"), "hm"); }

}  // namespace
}  // namespace euphone
