#include "text/number_words.h"

#include <gtest/gtest.h>

#include "text/roman_numeral.h"

namespace euphone {
namespace {

TEST(NumberWords, SpellCardinalsUpToOneQuadrillion) {
  EXPECT_EQ(CardinalWords(0), "zero");
  EXPECT_EQ(CardinalWords(20), "twenty");
  EXPECT_EQ(CardinalWords(115), "one hundred fifteen");
  EXPECT_EQ(CardinalWords(1'000'001), "one million one");
  EXPECT_EQ(CardinalWords(999'999'999'999'999),
            "nine hundred ninety nine trillion nine hundred ninety nine billion nine hundred "
            "ninety nine million nine hundred ninety nine thousand nine hundred ninety nine");
  EXPECT_EQ(CardinalWords(kLargestCardinal), "one quadrillion");
}

TEST(NumberWords, SpellOrdinals) {
  EXPECT_EQ(OrdinalWords(0), "zeroth");
  EXPECT_EQ(OrdinalWords(1), "first");
  EXPECT_EQ(OrdinalWords(12), "twelfth");
  EXPECT_EQ(OrdinalWords(30), "thirtieth");
  EXPECT_EQ(OrdinalWords(123), "one hundred twenty third");
  EXPECT_EQ(OrdinalWords(1'000'000), "one millionth");
}

TEST(NumberWords, SpellYears) {
  EXPECT_EQ(YearWords(1000), "one thousand");
  EXPECT_EQ(YearWords(1066), "ten sixty six");
  EXPECT_EQ(YearWords(1900), "nineteen hundred");
  EXPECT_EQ(YearWords(1907), "nineteen oh seven");
  EXPECT_EQ(YearWords(2009), "two thousand nine");
  EXPECT_EQ(YearWords(2010), "twenty ten");
}

TEST(NumberWords, SpellFractions) {
  EXPECT_EQ(FractionWords(1, 2), "one half");
  EXPECT_EQ(FractionWords(3, 2), "three halves");
  EXPECT_EQ(FractionWords(3, 4), "three quarters");
  EXPECT_EQ(FractionWords(2, 3), "two thirds");
  EXPECT_EQ(FractionWords(1, 100), "one hundredth");
  EXPECT_EQ(FractionWords(5, 1), "five over one");
  EXPECT_EQ(FractionWords(7, 101), "seven over one hundred one");
}

TEST(NumberWords, MakePlurals) {
  EXPECT_EQ(PluralWords("twenty"), "twenties");
  EXPECT_EQ(PluralWords("sixty six"), "sixty sixes");
  EXPECT_EQ(PluralWords("two thousand"), "two thousands");
}

TEST(RomanNumeral, GivesTheValueOfCanonicalOnes) {
  EXPECT_EQ(RomanValue("I"), 1U);
  EXPECT_EQ(RomanValue("XIV"), 14U);
  EXPECT_EQ(RomanValue("XLVIII"), 48U);
  EXPECT_EQ(RomanValue("MCMXCVIII"), 1998U);
  EXPECT_EQ(RomanValue("MMMCMXCIX"), 3999U);
}

TEST(RomanNumeral, RefusesOthers) {
  for (const char* other : {"", "IIII", "IXIV", "VV", "IC", "LCD", "MMMM", "iv", "A", "XIVs"}) {
    EXPECT_FALSE(RomanValue(other)) << other;
  }
}

}  // namespace
}  // namespace euphone
