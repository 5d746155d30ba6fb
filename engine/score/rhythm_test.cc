#include "score/rhythm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace euphone {
namespace {

constexpr SampleRate kRate{1000};  // One sample is one millisecond.

/// Vowels and consonants in turn, beginning with a consonant, without gaps.
std::vector<SoundSpan> InTurn(const std::vector<std::int64_t>& lengths) {
  std::vector<SoundSpan> sounds;
  std::int64_t at = 0;
  for (const std::int64_t length : lengths) {
    sounds.push_back({at, at + length, sounds.size() % 2 == 1});
    at += length;
  }
  return sounds;
}

TEST(Rhythm, OfEqualVowelsDoesNotVary) {
  const auto rhythm = MeasureRhythm(InTurn({50, 100, 50, 100, 50, 100, 50, 100, 50, 100}), kRate);
  ASSERT_TRUE(rhythm);
  EXPECT_DOUBLE_EQ(rhythm->npvi_vowels, 0.0);
  EXPECT_DOUBLE_EQ(rhythm->rpvi_consonants_ms, 0.0);
  EXPECT_DOUBLE_EQ(rhythm->varco_vowels, 0.0);
  EXPECT_NEAR(rhythm->vowel_percent, 100.0 * 2 / 3, 1e-9);
}

TEST(Rhythm, IsAsItsAuthorsDefineIt) {
  // Vowels 50, 150, 50, 150, 50; consonants 60, 40, 60, 40, 60.
  const auto rhythm = MeasureRhythm(InTurn({60, 50, 40, 150, 60, 50, 40, 150, 60, 50}), kRate);
  ASSERT_TRUE(rhythm);
  EXPECT_NEAR(rhythm->npvi_vowels, 100.0, 1e-9);  // Each pair: 100 apart, 100 in the mean.
  EXPECT_NEAR(rhythm->rpvi_consonants_ms, 20.0, 1e-9);
  EXPECT_NEAR(rhythm->delta_consonants_ms, std::sqrt(96.0), 1e-9);
  EXPECT_NEAR(rhythm->vowel_percent, 100.0 * 450 / 710, 1e-9);
  EXPECT_NEAR(rhythm->varco_vowels, 100.0 * std::sqrt(2400.0) / 90.0, 1e-9);
}

TEST(Rhythm, TakesNeighbouringVowelsForOneInterval) {
  std::vector<SoundSpan> sounds = InTurn({50, 100, 50, 100, 50, 100, 50, 100, 50, 100});
  const auto whole = MeasureRhythm(sounds, kRate);
  sounds[1].end = 90;
  sounds.insert(sounds.begin() + 2, {90, 150, true});
  const auto cut = MeasureRhythm(sounds, kRate);
  ASSERT_TRUE(whole && cut);
  EXPECT_DOUBLE_EQ(cut->npvi_vowels, whole->npvi_vowels);
}

TEST(Rhythm, ComparesNothingAcrossAPause) {
  std::vector<SoundSpan> sounds = InTurn({50, 100, 50, 100, 50, 100, 50, 300, 50, 300, 50, 300});
  EXPECT_GT(MeasureRhythm(sounds, kRate)->npvi_vowels, 0.0);
  for (std::size_t i = 6; i < sounds.size(); ++i) {
    sounds[i].begin += 200;
    sounds[i].end += 200;
  }
  EXPECT_DOUBLE_EQ(MeasureRhythm(sounds, kRate)->npvi_vowels, 0.0);
}

TEST(Rhythm, IsNotToldOfAFewWords) {
  EXPECT_FALSE(MeasureRhythm(InTurn({50, 100, 50, 100, 50, 100, 50, 100}), kRate));
  EXPECT_FALSE(MeasureRhythm({}, kRate));
}

}  // namespace
}  // namespace euphone
