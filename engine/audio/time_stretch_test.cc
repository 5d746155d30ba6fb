#include "audio/time_stretch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Rms;
using testing_audio::Sine;
using testing_audio::SpeechLike;

constexpr SampleRate kRate{16000};

/// Upward crossings of zero in a second.
double Crossings(PcmView samples) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < samples.size(); ++i)
    count += samples[i - 1] < 0.0f && samples[i] >= 0.0f ? 1u : 0u;
  return static_cast<double>(count) * kRate.hz / static_cast<double>(samples.size());
}

TEST(TimeStretchTest, TakesAsLongAsAskedAtTheSamePitch) {
  const std::vector<float> tone = Sine(220.0, 2.0, kRate);
  for (const double speed : {0.5, 0.75, 1.5, 2.0}) {
    const auto out = StretchTime(tone, kRate, speed);
    ASSERT_TRUE(out) << out.error().message;
    EXPECT_EQ(out->size(), static_cast<std::size_t>(std::lround(32000 / speed)));
    EXPECT_NEAR(Crossings(*out), 220.0, 5.0) << speed;
    EXPECT_NEAR(Rms(*out), Rms(tone), 0.02) << speed;
    EXPECT_NEAR(Rms(PcmView(*out).last(400)), Rms(tone), 0.05) << "the end at " << speed;
  }
}

TEST(TimeStretchTest, LeavesEachSyllableItsPlace) {
  std::vector<float> samples(3 * 16000);
  const std::vector<float> voice = SpeechLike(1.0, kRate);
  std::ranges::copy(voice, samples.begin() + 16000);
  const auto slow = StretchTime(samples, kRate, 0.5);
  ASSERT_TRUE(slow);
  const PcmView all(*slow);
  EXPECT_LT(Rms(all.first(31000)), 0.001) << "before it";
  EXPECT_GT(Rms(all.subspan(32500, 31000)), 0.5 * Rms(voice)) << "in it";
  EXPECT_LT(Rms(all.subspan(66000)), 0.001) << "after it";
}

TEST(TimeStretchTest, ASpeedOfOneCopiesAndNothingStaysNothing) {
  const std::vector<float> voice = SpeechLike(0.5, kRate);
  EXPECT_EQ(*StretchTime(voice, kRate, 1.0), voice);
  const auto nothing = StretchTime({}, kRate, 0.5);
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->empty());
}

TEST(TimeStretchTest, RefusesSpeedsAndRatesOutOfRange) {
  const std::vector<float> voice = SpeechLike(0.5, kRate);
  for (const double speed : {0.0, -1.0, 5.0, std::nan("")}) {
    const auto out = StretchTime(voice, kRate, speed);
    ASSERT_FALSE(out) << speed;
    EXPECT_EQ(out.error().code, Errc::kInvalidArgument);
  }
  EXPECT_FALSE(StretchTime(voice, SampleRate{0}, 0.5));
}

}  // namespace
}  // namespace euphone
