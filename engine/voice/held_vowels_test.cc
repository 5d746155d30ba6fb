#include "voice/held_vowels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "audio/test_signals.h"
#include "voice/vowel_for_test.h"

namespace euphone {
namespace {

using testing_voice::Make;

constexpr SampleRate kRate{16000};

std::vector<TimeRange> FoundIn(const std::vector<float>& pcm) {
  return FindHeldVowels(pcm, kRate, FindPitch(pcm, kRate, {}));
}

void Append(const std::vector<float>& more, std::vector<float>& pcm) {
  pcm.insert(pcm.end(), more.begin(), more.end());
}

TEST(FindHeldVowels, FindsEachWhereItIs) {
  std::vector<float> pcm(8000);
  Append(Make({.hz = 120.0, .seconds = 1.0, .rate = kRate}).pcm, pcm);
  pcm.resize(pcm.size() + 8000);
  Append(Make({.hz = 210.0, .seconds = 0.8, .rate = kRate}).pcm, pcm);
  const auto vowels = FoundIn(pcm);
  ASSERT_EQ(vowels.size(), 2U);
  EXPECT_NEAR(vowels[0].from_s, 0.5, 0.05);
  EXPECT_NEAR(vowels[0].to_s, 1.5, 0.05);
  EXPECT_NEAR(vowels[1].from_s, 2.0, 0.05);
  EXPECT_NEAR(vowels[1].to_s, 2.8, 0.05);
}

TEST(FindHeldVowels, FindsRoughAndBreathyOnesWhole) {
  const auto vowel = Make(
      {.hz = 110.0, .jitter = 0.03, .shimmer = 0.1, .hnr_db = 8.0, .seconds = 2.0, .rate = kRate});
  const auto vowels = FoundIn(vowel.pcm);
  ASSERT_EQ(vowels.size(), 1U);
  EXPECT_GT(vowels[0].seconds(), 1.8);
}

TEST(FindHeldVowels, KeepsAVowelWholeOverAShortBreakOnly) {
  for (const double pause : {0.1, 0.4}) {
    auto pcm = Make({.hz = 150.0, .seconds = 0.8, .rate = kRate}).pcm;
    pcm.resize(pcm.size() + static_cast<std::size_t>(pause * kRate.hz));
    Append(Make({.hz = 150.0, .seconds = 0.8, .rate = kRate}).pcm, pcm);
    EXPECT_EQ(FoundIn(pcm).size(), pause < 0.2 ? 1U : 2U) << pause;
  }
}

TEST(FindHeldVowels, FindsNoneInSpeechNoiseAndWhatIsTooShort) {
  EXPECT_TRUE(FoundIn(testing_audio::SpeechLike(4.0, kRate)).empty());
  EXPECT_TRUE(FoundIn(testing_audio::Noise(2.0, kRate, 0.3)).empty());
  EXPECT_TRUE(FoundIn(Make({.hz = 150.0, .seconds = 0.4, .rate = kRate}).pcm).empty());
  EXPECT_TRUE(FoundIn({}).empty());
}

}  // namespace
}  // namespace euphone
