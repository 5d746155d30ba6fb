#include "voice/pulses.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

}  // namespace
}  // namespace euphone
