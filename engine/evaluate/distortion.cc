#include "evaluate/distortion.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <utility>

#include "audio/audio_encoder.h"
#include "audio/resampler.h"
#include "base/random.h"

namespace euphone {
namespace {

constexpr double kGainDb = 12.0;
constexpr double kNoiseDb = -20.0;
constexpr double kOpusRate = 16000.0;
constexpr SampleRate kTelephoneRate{8000};

double Factor(double decibels) { return std::pow(10.0, decibels / 20.0); }

std::vector<float> Scaled(PcmView samples, double factor) {
  std::vector<float> scaled(samples.begin(), samples.end());
  for (float& sample : scaled)
    sample = static_cast<float>(std::clamp(factor * static_cast<double>(sample), -1.0, 1.0));
  return scaled;
}

/// A normal deviate (Box and Muller 1958).
double Normal(Random& random) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - random.Unit()));
  return radius * std::cos(2.0 * std::numbers::pi * random.Unit());
}

std::vector<float> WithNoise(PcmView samples, std::uint64_t seed) {
  double power = 0.0;
  for (const float sample : samples)
    power += static_cast<double>(sample) * static_cast<double>(sample);
  const double level =
      samples.empty() ? 0.0
                      : Factor(kNoiseDb) * std::sqrt(power / static_cast<double>(samples.size()));
  Random random(seed);
  std::vector<float> noisy(samples.begin(), samples.end());
  for (float& sample : noisy) sample += static_cast<float>(level * Normal(random));
  return noisy;
}

Result<std::vector<float>> ThroughTelephone(PcmView samples) {
  auto narrow = Resampled(samples, kRecordingRate, kTelephoneRate);
  if (!narrow) return narrow;
  return Resampled(*narrow, kTelephoneRate, kRecordingRate);
}

Result<std::vector<float>> ThroughOpus(PcmView samples) {
  const auto bytes = EncodeAudio(samples, kRecordingRate, ".opus", kOpusRate);
  if (!bytes) return bytes.error();
  auto recording = ReadRecording(std::as_bytes(std::span(*bytes)), "Opus round trip");
  if (!recording) return recording.error();
  return std::move(recording->samples);
}

}  // namespace

Result<std::vector<float>> Distorted(PcmView samples, Distortion distortion, std::uint64_t seed) {
  switch (distortion) {
    case Distortion::kLouder:
      return Scaled(samples, Factor(kGainDb));
    case Distortion::kQuieter:
      return Scaled(samples, Factor(-kGainDb));
    case Distortion::kNoise:
      return WithNoise(samples, seed);
    case Distortion::kOpus:
      return ThroughOpus(samples);
    case Distortion::kTelephone:
      return ThroughTelephone(samples);
  }
  return Error{Errc::kInternal, "a distortion without a name"};
}

}  // namespace euphone
