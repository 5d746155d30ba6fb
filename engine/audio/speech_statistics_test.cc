#include "audio/speech_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "audio/quality_gate.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

TEST(ToDbfs, HasAFloorWhateverItIsGiven) {
  EXPECT_NEAR(ToDbfs(1.0), 0.0, 1e-9);
  for (const double power : {0.0, -1e-15, -1e-3, -1.0}) EXPECT_NEAR(ToDbfs(power), -120.0, 1e-9);
}

/// What a converter without a microphone gives: the last bit up, down or neither.
std::vector<float> Dither(std::size_t count) {
  std::mt19937 generator(3);
  std::vector<float> samples(count);
  for (float& sample : samples)
    sample = static_cast<float>(static_cast<int>(generator() % 3) - 1) / 32768.0f;
  return samples;
}

TEST(SpeechStatistics, AreNumbersForSoundsThatAreAllNoiseOrAllTone) {
  const SampleRate rate{16000};
  for (const auto& pcm :
       {Dither(32000), testing_audio::Sine(440.0, 2.0, rate),
        testing_audio::Sine(4000.0, 2.0, rate, 1.0), testing_audio::Noise(2.0, rate, 1e-5)}) {
    const QualityReport report = AssessQuality(pcm, rate);
    EXPECT_TRUE(std::isfinite(report.snr_db));
    EXPECT_GE(report.snr_db, -20.0);
    EXPECT_LE(report.snr_db, 100.0);
    EXPECT_GE(report.speech_dbfs, -121.0);
    EXPECT_GE(report.noise_dbfs, -121.0);
  }
}

}  // namespace
}  // namespace euphone
