#include "voice/pulses.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/test_signals.h"
#include "voice/vowel_for_test.h"

namespace euphone {
namespace {

using testing_voice::Make;

TEST(FindPulses, FindsOneForEachPeriodAlwaysEquallyFarFromTheTruth) {
  for (const double jitter : {0.0, 0.01, 0.03}) {
    const auto vowel = Make({.hz = 130.0, .jitter = jitter});
    const SampleRate rate{44100};
    const auto pulses = FindPulses(vowel.pcm, rate, FindPitch(vowel.pcm, rate, {}));
    ASSERT_NEAR(static_cast<double>(pulses.size()), static_cast<double>(vowel.pulses.size()), 3.0);
    std::vector<double> gaps;
    for (const double pulse : pulses) {
      const auto next = std::ranges::upper_bound(vowel.pulses, pulse);
      if (next == vowel.pulses.begin() || next == vowel.pulses.end()) continue;
      gaps.push_back(pulse - *(next - 1));
    }
    const auto [least, most] = std::ranges::minmax(gaps);
    EXPECT_LT(most - least, 0.0006) << jitter;  // A thirteenth of a period.
  }
}

TEST(FindPulses, RiseAndComeOnlyWhereThereIsAVoice) {
  auto pcm = Make({.hz = 200.0, .seconds = 0.7}).pcm;
  const SampleRate rate{44100};
  pcm.resize(pcm.size() + 22050);
  const auto pulses = FindPulses(pcm, rate, FindPitch(pcm, rate, {}));
  EXPECT_TRUE(std::ranges::is_sorted(pulses));
  EXPECT_EQ(std::ranges::adjacent_find(pulses), pulses.end());
  ASSERT_FALSE(pulses.empty());
  EXPECT_LT(pulses.back(), 0.72);
  const auto noise = testing_audio::Noise(1.0, rate, 0.3);
  EXPECT_TRUE(FindPulses(noise, rate, FindPitch(noise, rate, {})).empty());
}

/// Ten periods of 10 ms, of which each is like the next by so much: a part that repeats, and one
/// that comes back with its sign turned.
std::vector<float> Alike(double likeness) {
  testing_voice::Normal normal;
  std::vector<double> same(480), turned(480);
  for (double& value : same) value = normal();
  for (double& value : turned) value = normal();
  const double share = std::sqrt((1.0 - likeness) / (1.0 + likeness));
  std::vector<float> pcm;
  for (std::size_t i = 0; i < 4800; ++i) {
    const double sign = i / 480 % 2 == 0 ? share : -share;
    pcm.push_back(static_cast<float>(0.1 * (same[i % 480] + sign * turned[i % 480])));
  }
  return pcm;
}

/// A pitch of so many Hz between two times, each frame 1 ms.
PitchContour Told(double hz, double from_s, double to_s) {
  PitchContour pitch{.grid = {.first_s = 0.0005, .step_s = 0.001, .frames = 100}, .hz = {}};
  for (std::size_t i = 0; i < 100; ++i) {
    const double time = pitch.TimeOf(i);
    pitch.hz.push_back(time >= from_s && time <= to_s ? hz : 0.0);
  }
  return pitch;
}

// The edges that tools/figures/voice_constants.py finds in Praat.
TEST(FindPulses, LooksFourFifthsToFiveFourthsOfAPeriodAway) {
  const SampleRate rate{48000};
  for (const double ratio : {0.78, 0.81, 1.0, 1.24, 1.28}) {
    const auto pulses = FindPulses(Alike(1.0), rate, Told(100.0 * ratio, 0.0, 0.1));
    const bool found = pulses.size() > 3 && std::abs(pulses[2] - pulses[1] - 0.01) < 1e-5;
    EXPECT_EQ(found, ratio > 0.8 && ratio < 1.25) << ratio;
  }
}

TEST(FindPulses, KeepsThoseThatAreAlikeAndBeyondTheEdgeOneThatIsVeryAlike) {
  const SampleRate rate{48000};
  const PitchContour pitch = Told(100.0, 0.03, 0.07);
  EXPECT_EQ(FindPulses(Alike(0.2), rate, pitch).size(), 1U);
  const auto inside = FindPulses(Alike(0.6), rate, pitch);
  EXPECT_GE(inside.size(), 4U);
  EXPECT_TRUE(inside.front() >= 0.03 && inside.back() <= 0.07);
  EXPECT_EQ(FindPulses(Alike(0.8), rate, pitch).size(), inside.size() + 2);
}

TEST(FindPulses, LeavesOutWhatIsUnderAHundredthOfTheLoudest) {
  const SampleRate rate{48000};
  for (const double share : {0.008, 0.012}) {
    auto pcm = Alike(1.0);
    const float peak =
        std::abs(*std::ranges::max_element(pcm, {}, [](float x) { return std::abs(x); }));
    pcm[100] = peak / static_cast<float>(share);
    const auto pulses = FindPulses(pcm, rate, Told(100.0, 0.03, 0.07));
    EXPECT_EQ(pulses.size() > 1, share > 0.01) << share;
  }
}

}  // namespace
}  // namespace euphone
