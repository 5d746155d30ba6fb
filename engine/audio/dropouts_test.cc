#include "audio/dropouts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "audio/quality_gate.h"
#include "audio/resampler.h"
#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Noise;
using testing_audio::Sine;
using testing_audio::SpeechLike;

constexpr SampleRate k16k{16000};

std::vector<Dropout> Found(PcmView pcm) { return FindDropouts(pcm, k16k, 0.0, 0.6); }

/// Silences `milliseconds` in the middle of each second vowel.
std::vector<float> Broken(std::vector<float> pcm, int milliseconds, bool hold = false) {
  const auto length = static_cast<std::size_t>(16 * milliseconds);
  for (std::size_t begin = 1600; begin + length < pcm.size(); begin += 6400) {
    const float value = hold ? pcm[begin - 1] : 0.0f;
    std::fill_n(pcm.begin() + static_cast<std::ptrdiff_t>(begin), length, value);
  }
  return pcm;
}

TEST(Dropouts, AreFoundWhereSamplesWereLost) {
  for (const int milliseconds : {5, 10, 30}) {
    const auto found = Found(Broken(SpeechLike(4.0, k16k), milliseconds));
    ASSERT_EQ(found.size(), 10u) << milliseconds;
    EXPECT_NEAR(static_cast<double>(found[0].begin), 1600.0, 2.0);
    EXPECT_NEAR(SecondsOf(found, k16k), 0.01 * milliseconds, 0.002);
  }
}

TEST(Dropouts, AreFoundWhereTheLastSampleWasHeld) {
  EXPECT_GE(Found(Broken(SpeechLike(4.0, k16k), 10, true)).size(), 8u);
}

TEST(Dropouts, AreStillFoundAfterAChangeOfRate) {
  auto resampler = Resampler::Create(SampleRate{48000}, k16k);
  ASSERT_TRUE(resampler);
  auto at_48k = SpeechLike(4.0, SampleRate{48000});
  for (std::size_t begin = 4800; begin + 480 < at_48k.size(); begin += 19200)
    std::fill_n(at_48k.begin() + static_cast<std::ptrdiff_t>(begin), 480, 0.0f);
  std::vector<float> pcm;
  ASSERT_TRUE(resampler->Push(at_48k, pcm) && resampler->Finish(pcm));
  EXPECT_GE(Found(pcm).size(), 8u);
}

TEST(Dropouts, AreNotFoundInSpeechWithRestsOfPerfectSilence) {
  EXPECT_TRUE(Found(SpeechLike(20.0, k16k)).empty());
  auto gated = SpeechLike(6.0, k16k);
  for (float& sample : gated)
    if (std::abs(sample) < 1e-3f) sample = 0.0f;
  EXPECT_TRUE(Found(gated).empty());
}

TEST(Dropouts, AreNotFoundInSilenceTonesAndClippedSound) {
  EXPECT_TRUE(Found(std::vector<float>(32000, 0.0f)).empty());
  EXPECT_TRUE(Found(Sine(50.0, 2.0, k16k)).empty());
  auto clipped = Sine(60.0, 2.0, k16k, 5.0);
  for (float& sample : clipped) sample = std::clamp(sample, -0.6f, 0.6f);
  EXPECT_TRUE(Found(clipped).empty());
  EXPECT_TRUE(Found({}).empty());
}

TEST(Dropouts, BecomeAWarningAndWithholdWhatTheyRuined) {
  const auto findings = [](int milliseconds) {
    return AssessQuality(Broken(SpeechLike(4.0, k16k), milliseconds), k16k);
  };
  const QualityReport some = findings(20);
  ASSERT_EQ(some.findings.size(), 1u);
  EXPECT_EQ(some.findings[0].kind, FindingKind::kDropouts);
  EXPECT_EQ(some.findings[0].severity, Severity::kWarning);
  EXPECT_NEAR(some.dropout_percent, 6.0, 2.5);
  EXPECT_TRUE(findings(90).withheld());
  EXPECT_EQ(AssessQuality(SpeechLike(4.0, k16k), k16k).dropout_percent, 0.0);
}

}  // namespace
}  // namespace euphone
