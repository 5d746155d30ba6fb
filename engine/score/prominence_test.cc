#include "score/prominence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace euphone {
namespace {

constexpr SampleRate kRate{16000};

/// A pulse-like voice: ten harmonics of `hz`.
void AddVoice(std::vector<float>& pcm, double hz, double level, double seconds) {
  const auto count = static_cast<std::size_t>(seconds * kRate.hz);
  for (std::size_t i = 0; i < count; ++i) {
    double sample = 0.0;
    for (int h = 1; h <= 10; ++h)
      sample += std::sin(2 * std::numbers::pi * hz * h * static_cast<double>(i) / kRate.hz) / h;
    pcm.push_back(static_cast<float>(level * sample));
  }
}

TEST(Pitch, FindsTheFundamentalOfAVoice) {
  for (const double hz : {90.0, 140.0, 220.0, 350.0}) {
    std::vector<float> pcm;
    AddVoice(pcm, hz, 0.1, 0.1);
    const auto found = PitchAt(pcm, kRate, 800);
    ASSERT_TRUE(found) << hz;
    EXPECT_NEAR(*found, hz, 0.02 * hz);
  }
}

TEST(Pitch, IsAbsentInNoiseAndSilence) {
  std::vector<float> noise;
  std::uint32_t state = 1;
  for (int i = 0; i < 1600; ++i) {
    state = state * 1664525u + 1013904223u;
    noise.push_back(static_cast<float>(state >> 8) / 16777216.0f - 0.5f);
  }
  EXPECT_FALSE(PitchAt(noise, kRate, 800));
  EXPECT_FALSE(PitchAt(std::vector<float>(1600, 0.0f), kRate, 800));
}

TEST(Prominence, RanksTheLongerLouderHigherSyllableFirst) {
  std::vector<float> pcm;
  AddVoice(pcm, 120, 0.05, 0.08);
  AddVoice(pcm, 160, 0.2, 0.16);
  const std::vector<NucleusSpan> nuclei = {{0, 1280}, {1280, 3840}};
  const auto found = MeasureProminence(pcm, kRate, nuclei);
  ASSERT_EQ(found.size(), 2u);
  for (std::size_t term = 0; term < kProminenceTerms; ++term) {
    EXPECT_GT(found[1][term], 0.0);
    EXPECT_NEAR(found[0][term], -found[1][term], 1e-9);
  }
}

TEST(Prominence, DoesNotDependOnTheMicrophonesGain) {
  std::vector<float> loud;
  AddVoice(loud, 120, 0.2, 0.1);
  AddVoice(loud, 150, 0.1, 0.2);
  std::vector<float> quiet = loud;
  for (float& sample : quiet) sample *= 0.125f;
  const std::vector<NucleusSpan> nuclei = {{0, 1600}, {1600, 4800}};
  const auto a = MeasureProminence(loud, kRate, nuclei),
             b = MeasureProminence(quiet, kRate, nuclei);
  for (std::size_t term = 0; term < kProminenceTerms; ++term)
    EXPECT_NEAR(a[0][term], b[0][term], 1e-6);
}

TEST(Prominence, ToleratesSpansOutsideTheAudio) {
  const auto found = MeasureProminence(std::vector<float>(100, 0.1f), kRate,
                                       std::vector<NucleusSpan>{{-50, 20}, {90, 4000}});
  EXPECT_EQ(found.size(), 2u);
}

}  // namespace
}  // namespace euphone
