#include "voice/perturbation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace euphone {
namespace {

constexpr TimeRange kAll{0.0, 100.0};

std::vector<double> PulsesWith(const std::vector<double>& periods) {
  std::vector<double> pulses{0.5};
  for (const double period : periods) pulses.push_back(pulses.back() + period);
  return pulses;
}

TEST(MeasureJitter, IsNothingForEqualPeriods) {
  const Jitter jitter = MeasureJitter(PulsesWith(std::vector<double>(20, 0.01)), kAll);
  EXPECT_EQ(jitter.periods, 20U);
  EXPECT_NEAR(jitter.mean_period_s.value_or(0.0), 0.01, 1e-12);
  EXPECT_NEAR(jitter.local.value_or(1.0), 0.0, 1e-12);
  EXPECT_NEAR(jitter.ppq5.value_or(1.0), 0.0, 1e-12);
}

TEST(MeasureJitter, IsByHandForPeriodsThatTakeTurns) {
  const Jitter jitter =
      MeasureJitter(PulsesWith({0.010, 0.011, 0.010, 0.011, 0.010, 0.011, 0.010, 0.011}), kAll);
  EXPECT_NEAR(jitter.absolute_s.value_or(0.0), 0.001, 1e-12);
  EXPECT_NEAR(jitter.local.value_or(0.0), 0.001 / 0.0105, 1e-9);
  EXPECT_NEAR(jitter.rap.value_or(0.0), 0.001 * 2.0 / 3.0 / 0.0105, 1e-9);
  EXPECT_NEAR(jitter.ddp.value_or(0.0), 3.0 * *jitter.rap, 1e-12);
  // Of five about a short one, three are short.
  EXPECT_NEAR(jitter.ppq5.value_or(0.0), 0.0004 / 0.0105, 1e-9);
}

TEST(MeasureJitter, ComparesNothingAcrossAJumpOrABreak) {
  const Jitter jump = MeasureJitter(PulsesWith({0.010, 0.010, 0.0131, 0.0131}), kAll);
  EXPECT_NEAR(jump.local.value_or(1.0), 0.0, 1e-9);
  EXPECT_FALSE(jump.rap.has_value());
  const Jitter pause = MeasureJitter(PulsesWith({0.010, 0.010, 0.5, 0.010, 0.010}), kAll);
  EXPECT_EQ(pause.periods, 4U);
  EXPECT_NEAR(pause.local.value_or(1.0), 0.0, 1e-9);
}

TEST(MeasureJitter, IsAbsentForTooFewPulses) {
  EXPECT_FALSE(MeasureJitter({}, kAll).local.has_value());
  const Jitter one = MeasureJitter(PulsesWith({0.01}), kAll);
  EXPECT_EQ(one.periods, 1U);
  EXPECT_FALSE(one.local.has_value());
}

TEST(MeasureJitter, CountsOnlyPulsesInTheRange) {
  const auto pulses = PulsesWith(std::vector<double>(20, 0.01));
  EXPECT_EQ(MeasureJitter(pulses, {0.545, 0.595}).periods, 4U);
}

/// A tone at 1 kHz whose strength is another one in each period of 10 ms.
std::vector<float> Steps(const std::vector<double>& strengths) {
  std::vector<float> pcm;
  for (std::size_t i = 0; i < 441 * strengths.size(); ++i) {
    const double turn = 2.0 * std::numbers::pi * 1000.0 * static_cast<double>(i) / 44100.0;
    pcm.push_back(static_cast<float>(strengths[i / 441] * std::sin(turn)));
  }
  return pcm;
}

std::vector<double> MiddlesOf(std::size_t periods) {
  std::vector<double> pulses;
  for (std::size_t i = 0; i < periods; ++i) pulses.push_back(0.005 + 0.01 * static_cast<double>(i));
  return pulses;
}

TEST(MeasureShimmer, IsByHandForStrengthsThatTakeTurns) {
  std::vector<double> strengths;
  for (int i = 0; i < 30; ++i) strengths.push_back(i % 2 == 0 ? 0.4 : 0.5);
  const Shimmer shimmer = MeasureShimmer(Steps(strengths), SampleRate{44100}, MiddlesOf(30), kAll);
  // Of the 28 pulses between two periods, the last is left out of the mean.
  constexpr double kMean = (14.0 * 0.5 + 13.0 * 0.4) / 27.0;
  EXPECT_NEAR(shimmer.local.value_or(0.0), 0.1 / kMean, 1e-4);
  EXPECT_NEAR(shimmer.local_db.value_or(0.0), 20.0 * std::log10(1.25), 1e-3);
  EXPECT_NEAR(shimmer.apq3.value_or(0.0), 0.1 * 2.0 / 3.0 / kMean, 1e-4);
  EXPECT_NEAR(shimmer.dda.value_or(0.0), 3.0 * *shimmer.apq3, 1e-12);
  EXPECT_NEAR(shimmer.apq5.value_or(0.0), 0.04 / kMean, 1e-4);
  EXPECT_NEAR(shimmer.apq11.value_or(0.0), 0.1 * 6.0 / 11.0 / kMean, 1e-4);
}

TEST(MeasureShimmer, ComparesNothingAcrossAJump) {
  const Shimmer shimmer = MeasureShimmer(Steps({0.2, 0.2, 0.2, 0.2, 0.5, 0.5, 0.5, 0.5}),
                                         SampleRate{44100}, MiddlesOf(8), kAll);
  EXPECT_NEAR(shimmer.local.value_or(1.0), 0.0, 1e-4);
}

TEST(MeasureShimmer, IsAbsentInSilenceAndForTooFewPulses) {
  const std::vector<float> silence(44100);
  EXPECT_FALSE(
      MeasureShimmer(silence, SampleRate{44100}, MiddlesOf(20), kAll).local_db.has_value());
  EXPECT_FALSE(MeasureShimmer(silence, SampleRate{44100}, MiddlesOf(2), kAll).local.has_value());
}

TEST(FindVoiceBreaks, CountsDistancesThatNoPeriodHas) {
  const auto pulses = PulsesWith({0.01, 0.01, 0.0165, 0.01, 0.1, 0.01});
  const VoiceBreaks breaks = FindVoiceBreaks(pulses, kAll, 75.0);  // From 16.7 ms on.
  EXPECT_EQ(breaks.count, 1U);
  EXPECT_NEAR(breaks.seconds, 0.1, 1e-9);
}

}  // namespace
}  // namespace euphone
