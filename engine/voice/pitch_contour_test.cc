#include "voice/pitch_contour.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "audio/test_signals.h"
#include "voice/vowel_for_test.h"

namespace euphone {
namespace {

using testing_voice::Make;

constexpr SampleRate kRate{44100};

TEST(FindPitch, IsRightToAThousandthForEveryVoice) {
  for (const int rate : {8000, 16000, 44100, 48000}) {
    for (const double hz : {82.0, 110.0, 175.0, 233.0, 391.0, 523.0}) {
      const auto vowel = Make({.hz = hz, .hnr_db = 30.0, .seconds = 0.5, .rate = SampleRate{rate}});
      const PitchContour pitch = FindPitch(vowel.pcm, SampleRate{rate}, {});
      const auto middle = pitch.In({0.1, 0.4});
      ASSERT_GT(middle.size(), 85U);
      double sum = 0.0;
      for (const double found : middle) sum += found;
      EXPECT_NEAR(sum / static_cast<double>(middle.size()), hz, 0.001 * hz) << rate;
    }
  }
}

TEST(FindPitch, FollowsAGlide) {
  std::vector<float> pcm(2 * 44100);
  double turn = 0.0;
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    const double hz = 150.0 + 50.0 * static_cast<double>(i) / 44100.0;
    turn += 2.0 * std::numbers::pi * hz / 44100.0;
    pcm[i] = static_cast<float>(0.3 * std::sin(turn) + 0.2 * std::sin(2.0 * turn));
  }
  const PitchContour pitch = FindPitch(pcm, kRate, {});
  for (const double time : {0.3, 1.0, 1.7})
    EXPECT_NEAR(pitch.HzAt(time).value_or(0.0), 150.0 + 50.0 * time, 1.0);
}

TEST(FindPitch, FindsNoVoiceInNoiseAndSilence) {
  const auto noise = testing_audio::Noise(1.0, kRate, 0.3);
  EXPECT_TRUE(FindPitch(noise, kRate, {}).VoicedStretches().empty());
  const std::vector<float> silence(44100);
  EXPECT_TRUE(FindPitch(silence, kRate, {}).VoicedStretches().empty());
}

TEST(FindPitch, HasNoFramesWhereTwoLongestPeriodsDoNotFit) {
  const std::vector<float> brief(1000);  // 23 ms
  EXPECT_TRUE(FindPitch(brief, kRate, {}).hz.empty());
  EXPECT_TRUE(FindPitch({}, kRate, {}).hz.empty());
}

TEST(FindPitch, LooksOnlyWhereItIsTold) {
  const auto vowel = Make({.hz = 120.0});
  const PitchContour pitch = FindPitch(vowel.pcm, kRate, {.floor_hz = 150.0, .ceiling_hz = 300.0});
  for (const double hz : pitch.hz) EXPECT_TRUE(hz == 0.0 || (hz >= 150.0 && hz <= 300.0)) << hz;
}

// As in Praat: a low voice of which the recording has a period only just under the longest one.
TEST(FindPitch, FindsNoPeriodLongerThanItsWindow) {
  const auto low = Make({.hz = 75.2, .seconds = 0.6, .rate = SampleRate{16000}}).pcm;
  for (const double hz : FindPitch(low, SampleRate{16000}, {}).hz) EXPECT_NE(std::lround(hz), 75);
  const auto found = FindPitch(low, SampleRate{16000}, {.floor_hz = 70.0});
  EXPECT_NEAR(found.HzAt(0.3).value_or(0.0), 75.2, 0.1);
}

TEST(PitchContour, HasAStretchForEachVoice) {
  auto pcm = Make({.hz = 140.0, .seconds = 0.6}).pcm;
  pcm.resize(pcm.size() + 22050);
  const auto second = Make({.hz = 190.0, .seconds = 0.6}).pcm;
  pcm.insert(pcm.end(), second.begin(), second.end());
  const auto stretches = FindPitch(pcm, kRate, {}).VoicedStretches();
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_NEAR(stretches[0].from_s, 0.01, 0.02);
  EXPECT_NEAR(stretches[0].to_s, 0.6, 0.02);
  EXPECT_NEAR(stretches[1].from_s, 1.11, 0.02);
  EXPECT_NEAR(stretches[1].to_s, 1.7, 0.02);
}

TEST(PitchContour, KnowsNoPitchBetweenVoices) {
  const PitchContour pitch{.grid = {.first_s = 1.0, .step_s = 0.1, .frames = 5},
                           .hz = {100.0, 110.0, 0.0, 0.0, 200.0}};
  EXPECT_DOUBLE_EQ(pitch.HzAt(1.05).value_or(0.0), 105.0);
  EXPECT_DOUBLE_EQ(pitch.HzAt(0.0).value_or(0.0), 100.0);
  EXPECT_DOUBLE_EQ(pitch.HzAt(1.14).value_or(0.0), 110.0);
  EXPECT_FALSE(pitch.HzAt(1.25).has_value());
  EXPECT_EQ(pitch.In({1.05, 1.25}).size(), 2U);
  EXPECT_TRUE(pitch.In({2.0, 3.0}).empty());
}

}  // namespace
}  // namespace euphone
