#include "audio/spectrum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Noise;
using testing_audio::Sine;

TEST(Spectrum, FindsASineWithItsMeanSquareInItsBin) {
  Spectrum spectrum(512);
  spectrum.Analyse(Sine(1000.0, 0.032, SampleRate{16000}, 0.5), 0.0f);
  const auto power = spectrum.power();
  ASSERT_EQ(power.size(), 257u);
  EXPECT_EQ(std::max_element(power.begin(), power.end()) - power.begin(), 32);
  EXPECT_NEAR(std::accumulate(power.begin(), power.end(), 0.0), 0.125, 1e-4);
}

TEST(Spectrum, KeepsTheMeanSquareOfNoise) {
  Spectrum spectrum(512);
  const auto noise = Noise(10.0, SampleRate{16000}, 0.6);
  double sum = 0.0;
  int frames = 0;
  for (std::size_t begin = 0; begin + 512 <= noise.size(); begin += 256, ++frames) {
    spectrum.Analyse(PcmView(noise).subspan(begin, 512), 0.0f);
    sum += std::accumulate(spectrum.power().begin(), spectrum.power().end(), 0.0);
  }
  EXPECT_NEAR(sum / frames, 0.12, 0.005);
}

TEST(Spectrum, TakesOffTheOffset) {
  Spectrum spectrum(512);
  spectrum.Analyse(std::vector<float>(512, 0.3f), 0.3f);
  EXPECT_EQ(*std::max_element(spectrum.power().begin(), spectrum.power().end()), 0.0f);
}

TEST(Spectrum, AutocorrelatesToOneAtThePeriod) {
  Spectrum spectrum(512);
  spectrum.Analyse(Sine(200.0, 0.032, SampleRate{16000}, 0.1), 0.0f);
  const auto correlation = spectrum.Autocorrelation();
  ASSERT_EQ(correlation.size(), 257u);
  EXPECT_NEAR(correlation[0], 1.0f, 1e-5f);
  EXPECT_NEAR(correlation[80], 1.0f, 0.02f);
  EXPECT_NEAR(correlation[40], -1.0f, 0.02f);
}

TEST(Spectrum, OfSilenceIsZero) {
  Spectrum spectrum(64);
  spectrum.Analyse(std::vector<float>(64), 0.0f);
  for (const float value : spectrum.Autocorrelation()) EXPECT_EQ(value, 0.0f);
}

}  // namespace
}  // namespace euphone
