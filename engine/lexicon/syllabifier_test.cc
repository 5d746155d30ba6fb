#include "lexicon/syllabifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>

#include "lexicon/english_fixture.h"

namespace euphone {
namespace {

using fixture::Phones;
using fixture::Syllables;

struct Case {
  const char* word;
  const char* syllables;  ///< Phones, "-" between syllables.
};

/// The syllables in the notation of Case.
std::string Split(std::string_view symbols) {
  const auto phones = fixture::Arpabet(symbols);
  std::string text;
  for (const Syllable& syllable : Syllables().Syllabify(phones)) {
    if (!text.empty()) text += " - ";
    text += fixture::Arpabet(std::span(phones).subspan(syllable.first, syllable.count));
  }
  return text;
}

std::string WithoutMarks(std::string text) {
  std::erase(text, '-');
  return text;
}

TEST(Syllabifier, GivesTheLongestLegalOnset) {
  constexpr Case kCases[] = {
      {"cat", "K AE1 T"},
      {"a", "AH0"},
      {"strengths", "S T R EH1 NG K TH S"},
      {"city", "S IH1 - T IY0"},
      {"happy", "HH AE1 - P IY0"},
      {"about", "AH0 - B AW1 T"},
      {"being", "B IY1 - IH0 NG"},
      {"chaos", "K EY1 - AA0 S"},
      {"window", "W IH1 N - D OW0"},
      {"extra", "EH1 K - S T R AH0"},
      {"express", "IH0 K - S P R EH1 S"},
      {"construct", "K AH0 N - S T R AH1 K T"},
      {"instruction", "IH0 N - S T R AH1 K - SH AH0 N"},
      {"mistake", "M IH0 - S T EY1 K"},
      {"singer", "S IH1 NG - ER0"},
      {"finger", "F IH1 NG - G ER0"},
      {"english", "IH1 NG - G L IH0 SH"},
      {"hungry", "HH AH1 NG - G R IY0"},
      {"athlete", "AE1 TH - L IY2 T"},
      {"atlas", "AE1 T - L AH0 S"},
      {"admit", "AH0 D - M IH1 T"},
      {"apply", "AH0 - P L AY1"},
      {"secret", "S IY1 - K R AH0 T"},
      {"between", "B IH0 - T W IY1 N"},
      {"language", "L AE1 NG - G W AH0 JH"},
      {"pronunciation", "P R AH0 - N AH2 N - S IY0 - EY1 - SH AH0 N"},
      {"university", "Y UW2 - N AH0 - V ER1 - S AH0 - T IY0"},
      {"computer", "K AH0 M - P Y UW1 - T ER0"},
      {"music", "M Y UW1 - Z IH0 K"},
      {"argue", "AA1 R - G Y UW0"},
      {"behavior", "B IH0 - HH EY1 - V Y ER0"},
      {"value", "V AE1 L - Y UW0"},
      {"canyon", "K AE1 N - Y AH0 N"},
      {"million", "M IH1 L - Y AH0 N"},
      {"measure", "M EH1 - ZH ER0"},
      {"father", "F AA1 - DH ER0"},
      {"birthday", "B ER1 TH - D EY2"},
      {"awkward", "AA1 - K W ER0 D"},
      {"softly", "S AO1 F T - L IY0"},
      {"empty", "EH1 M P - T IY0"},
      {"thankful", "TH AE1 NG K - F AH0 L"},
      {"squirrel", "S K W ER1 - AH0 L"},
      {"atmosphere", "AE1 T - M AH0 - S F IH2 R"},
      {"school", "S K UW1 L"},
      {"obscure", "AH0 B - S K Y UH1 R"},
      {"onion", "AH1 N - Y AH0 N"},
      {"rhythm", "R IH1 - DH AH0 M"},
      {"worlds", "W ER1 L D Z"},
  };
  for (const auto& [word, syllables] : kCases)
    EXPECT_EQ(Split(WithoutMarks(syllables)), syllables) << word;
}

TEST(Syllabifier, NamesTheNucleusAndTheStressOfEachSyllable) {
  const auto phones = fixture::Arpabet("AE1 T M AH0 S F IH2 R");
  const auto syllables = Syllables().Syllabify(phones);
  ASSERT_EQ(syllables.size(), 3u);
  EXPECT_EQ(syllables[0].nucleus, 0u);
  EXPECT_EQ(syllables[1].nucleus, 3u);
  EXPECT_EQ(syllables[2].nucleus, 6u);
  EXPECT_EQ(syllables[0].stress, Stress::kPrimary);
  EXPECT_EQ(syllables[1].stress, Stress::kUnstressed);
  EXPECT_EQ(syllables[2].stress, Stress::kSecondary);
}

TEST(Syllabifier, CoversAllPhonesWithoutGapOrOverlap) {
  const auto phones = fixture::Arpabet("S T R K AE1 T NG K S AH0 ZH HH M AA2 IY0 N D Z");
  std::size_t next = 0;
  for (const Syllable& syllable : Syllables().Syllabify(phones)) {
    EXPECT_EQ(syllable.first, next);
    EXPECT_GE(syllable.nucleus, syllable.first);
    EXPECT_LT(syllable.nucleus, syllable.first + syllable.count);
    next += syllable.count;
  }
  EXPECT_EQ(next, phones.size());
}

TEST(Syllabifier, FindsNoSyllableWithoutAVowel) {
  EXPECT_TRUE(Syllables().Syllabify(fixture::Arpabet("HH M")).empty());
  EXPECT_TRUE(Syllables().Syllabify({}).empty());
}

TEST(Syllabifier, SaysWhichLineOfTheOnsetsIsWrong) {
  const auto unknown = Syllabifier::Parse("B\n# fine\nB XX\n", Phones());
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, testing::HasSubstr("line 3: 'XX'"));
  const auto vowel = Syllabifier::Parse("B AH0\n", Phones());
  ASSERT_FALSE(vowel);
  EXPECT_THAT(vowel.error().message, testing::HasSubstr("line 1: an onset has consonants only"));
}

}  // namespace
}  // namespace euphone
