#include "audio/voice_track.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "audio/test_signals.h"

namespace euphone {
namespace {

using testing_audio::Noise;
using testing_audio::Rms;

constexpr SampleRate kRate{16000};

using Pitch = std::function<double(double)>;  // Hz at a time in seconds.

/// A voice with harmonics `lowest` to `highest`, each weaker than the one before.
std::vector<float> Voice(const Pitch& pitch, double seconds, int lowest = 1, int highest = 20,
                         SampleRate rate = kRate) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * rate.hz));
  double phase = 0.0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double hz = pitch(static_cast<double>(i) / rate.hz);
    phase += 2.0 * std::numbers::pi * hz / rate.hz;
    double value = 0.0;
    for (int harmonic = lowest; harmonic <= highest && harmonic * hz < rate.hz / 2.2; ++harmonic)
      value += std::sin(harmonic * phase + harmonic) / harmonic;
    samples[i] = static_cast<float>(0.2 * value);
  }
  return samples;
}

struct Errors {
  double gross = 0.0;  ///< Share of frames more than 20 % off (Rabiner et al. 1976), or unvoiced.
  double semitones = 0.0;  ///< Mean distance of the others.
};

/// Against the truth, leaving out 40 ms at both ends, where windows look beyond the signal.
Errors ErrorsOf(const VoiceTrack& track, const Pitch& pitch) {
  constexpr std::size_t kEdge = 4;
  Errors errors;
  double counted = 0.0, close = 0.0;
  for (std::size_t i = kEdge; i + kEdge < track.pitch_hz.size(); ++i) {
    const double truth = pitch((static_cast<double>(i) + 0.5) * 0.01);
    const double hz = track.pitch_hz[i];
    counted += 1.0;
    if (std::abs(hz - truth) > 0.2 * truth) {
      errors.gross += 1.0;
    } else {
      errors.semitones += std::abs(12.0 * std::log2(hz / truth));
      close += 1.0;
    }
  }
  errors.gross /= counted;
  errors.semitones /= std::max(1.0, close);
  return errors;
}

std::vector<float> Sum(std::vector<float> a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

/// White noise this many dB below `signal`.
std::vector<float> NoiseUnder(const std::vector<float>& signal, double db) {
  const double seconds = static_cast<double>(signal.size()) / kRate.hz;
  auto noise = Noise(seconds, kRate, 1.0);
  const double gain = Rms(signal) / Rms(noise) * std::pow(10.0, -db / 20.0);
  for (float& sample : noise) sample *= static_cast<float>(gain);
  return noise;
}

std::size_t Voiced(const VoiceTrack& track) {
  return static_cast<std::size_t>(
      std::ranges::count_if(track.pitch_hz, [](float hz) { return hz > 0.0F; }));
}

TEST(VoiceTrack, FollowsSteadyVoicesOfAllHeights) {
  for (const double hz : {62.0, 80.0, 110.0, 165.0, 220.0, 330.0, 480.0}) {
    const Pitch pitch = [hz](double) { return hz; };
    const Errors errors = ErrorsOf(TrackVoice(Voice(pitch, 0.5), kRate), pitch);
    EXPECT_EQ(errors.gross, 0.0) << hz;
    EXPECT_LT(errors.semitones, 0.1) << hz;
  }
}

TEST(VoiceTrack, FollowsGlidesUpAndDown) {
  const Pitch up = [](double t) { return 90.0 * std::exp2(t); };
  const Pitch down = [](double t) { return 400.0 * std::exp2(-2.0 * t); };
  for (const Pitch& pitch : {up, down}) {
    const Errors errors = ErrorsOf(TrackVoice(Voice(pitch, 1.0), kRate), pitch);
    EXPECT_EQ(errors.gross, 0.0);
    EXPECT_LT(errors.semitones, 0.1);
  }
}

TEST(VoiceTrack, FollowsVibrato) {
  const Pitch pitch = [](double t) {
    return 220.0 * std::exp2(std::sin(2.0 * std::numbers::pi * 5.5 * t) / 12.0);
  };
  const Errors errors = ErrorsOf(TrackVoice(Voice(pitch, 1.0), kRate), pitch);
  EXPECT_EQ(errors.gross, 0.0);
  EXPECT_LT(errors.semitones, 0.2);
}

TEST(VoiceTrack, IsNotLedAnOctaveAwayByHarmonics) {
  const Pitch pitch = [](double t) { return 120.0 + 40.0 * t; };
  EXPECT_EQ(ErrorsOf(TrackVoice(Voice(pitch, 1.0, 3, 9), kRate), pitch).gross, 0.0)
      << "the fundamental and the octave are missing, as over a telephone";
  auto strong = Voice(pitch, 1.0);
  auto octave = Voice([&](double t) { return 2.0 * pitch(t); }, 1.0, 1, 1);
  for (float& sample : octave) sample *= 2.0F;
  EXPECT_EQ(ErrorsOf(TrackVoice(Sum(strong, octave), kRate), pitch).gross, 0.0)
      << "the octave is three times as strong as the fundamental";
}

TEST(VoiceTrack, StaysInItsOctaveWhereEverySecondPeriodIsWeaker) {
  const Pitch pitch = [](double) { return 200.0; };
  auto voice = Voice(pitch, 1.0);
  for (std::size_t i = 6400; i < 7680; ++i) {  // 80 ms, as where a voice creaks
    if (i / 80 % 2 == 1) voice[i] *= 0.5F;
  }
  EXPECT_EQ(ErrorsOf(TrackVoice(voice, kRate), pitch).gross, 0.0)
      << "frame by frame, half the pitch is the likelier one there";
}

TEST(VoiceTrack, KeepsItsOctaveOverARest) {
  const Pitch pitch = [](double) { return 140.0; };
  auto voice = Voice(pitch, 1.0);
  std::fill(voice.begin() + 6400, voice.begin() + 9600, 0.0F);
  const VoiceTrack track = TrackVoice(voice, kRate);
  for (std::size_t i = 44; i < 56; ++i) EXPECT_EQ(track.pitch_hz[i], 0.0F) << i;
  for (const std::size_t i : {30u, 36u, 64u, 80u})
    EXPECT_NEAR(track.pitch_hz[i], 140.0F, 2.0F) << i;
}

TEST(VoiceTrack, HearsAVoiceInNoiseOf10Decibels) {
  const Pitch pitch = [](double t) { return 180.0 * std::exp2(-0.5 * t); };
  const auto voice = Voice(pitch, 2.0);
  const Errors errors = ErrorsOf(TrackVoice(Sum(voice, NoiseUnder(voice, 10.0)), kRate), pitch);
  EXPECT_LT(errors.gross, 0.02);
  EXPECT_LT(errors.semitones, 0.25);
}

TEST(VoiceTrack, HearsNoVoiceWhereThereIsNone) {
  EXPECT_EQ(Voiced(TrackVoice(std::vector<float>(16000), kRate)), 0u);
  const VoiceTrack noise = TrackVoice(Noise(2.0, kRate, 0.3), kRate);
  EXPECT_LT(static_cast<double>(Voiced(noise)), 0.05 * static_cast<double>(noise.pitch_hz.size()));
}

TEST(VoiceTrack, TakesAHumFarBelowTheVoiceForSilence) {
  auto recording = Voice([](double) { return 100.0; }, 2.0);
  for (std::size_t i = 16000; i < recording.size(); ++i) recording[i] *= 0.005F;  // −46 dB.
  const VoiceTrack track = TrackVoice(recording, kRate);
  EXPECT_GT(track.pitch_hz[50], 0.0F);
  for (std::size_t i = 105; i < track.pitch_hz.size(); ++i) EXPECT_EQ(track.pitch_hz[i], 0.0F) << i;
}

TEST(VoiceTrack, SaysTheSameAtOtherRates) {
  const Pitch pitch = [](double t) { return 100.0 + 100.0 * t; };
  for (const int hz : {8000, 22050, 48000}) {
    const SampleRate rate{hz};
    const Errors errors = ErrorsOf(TrackVoice(Voice(pitch, 1.0, 1, 20, rate), rate), pitch);
    EXPECT_EQ(errors.gross, 0.0) << hz;
    EXPECT_LT(errors.semitones, 0.15) << hz;
  }
}

TEST(VoiceTrack, MeasuresTheLevelInDecibelsOfFullScale) {
  const VoiceTrack track = TrackVoice(testing_audio::Sine(200.0, 0.5, kRate, 0.1), kRate);
  ASSERT_EQ(track.level_db.size(), 50u);
  EXPECT_EQ(track.hop, 160);
  EXPECT_NEAR(track.level_db[25], -23.01, 0.1);
  EXPECT_EQ(TrackVoice(std::vector<float>(1600), kRate).level_db[5], -120.0F);
}

TEST(VoiceTrack, OfNextToNothingHasNoFrames) {
  EXPECT_TRUE(TrackVoice({}, kRate).pitch_hz.empty());
  EXPECT_TRUE(TrackVoice(std::vector<float>(159, 0.1F), kRate).level_db.empty());
  EXPECT_EQ(TrackVoice(std::vector<float>(161, 0.1F), kRate).level_db.size(), 1u);
}

}  // namespace
}  // namespace euphone
