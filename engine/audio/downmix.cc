#include "audio/downmix.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

// Decoders overshoot 1 by a few percent; +24 dB is no recording but integers read as floats.
constexpr float kLoudest = 16.0f;
// Of the power that the average of unrelated channels has; noise of 20 dB below a voice that
// cancels leaves less.
constexpr double kCancelled = 0.05;
constexpr double kSilent = 1e-8;  ///< Mean square, -80 dBFS: nothing to choose by.

bool IsSane(std::span<const float> samples) {
  // False for NaN as well.
  return std::all_of(samples.begin(), samples.end(),
                     [](float sample) { return std::abs(sample) <= kLoudest; });
}

void TakeChannel(std::span<const float> interleaved, std::size_t channels, std::size_t channel,
                 std::vector<float>& mono) {
  for (std::size_t frame = 0; frame < mono.size(); ++frame)
    mono[frame] = interleaved[frame * channels + channel];
}

void Average(std::span<const float> interleaved, std::size_t channels, std::vector<float>& mono) {
  for (std::size_t frame = 0; frame < mono.size(); ++frame) {
    float sum = 0.0f;
    for (const float sample : interleaved.subspan(frame * channels, channels)) sum += sample;
    mono[frame] = sum / static_cast<float>(channels);
  }
}

double PowerOf(std::span<const float> samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return samples.empty() ? 0.0 : sum / static_cast<double>(samples.size());
}

/// The loudest channel where `mono`, the average, has lost what the channels hold.
std::optional<std::size_t> Survivor(std::span<const float> interleaved, std::size_t channels,
                                    std::span<const float> mono) {
  std::vector<double> powers(channels, 0.0);
  for (std::size_t i = 0; i < interleaved.size(); ++i)
    powers[i % channels] += static_cast<double>(interleaved[i]) * interleaved[i];
  double sum = 0.0;
  for (double& power : powers) sum += power /= static_cast<double>(mono.size());
  const double unrelated = sum / static_cast<double>(channels * channels);
  if (unrelated < kSilent || PowerOf(mono) > kCancelled * unrelated) return std::nullopt;
  return static_cast<std::size_t>(std::max_element(powers.begin(), powers.end()) - powers.begin());
}

}  // namespace

bool Downmixer::Mix(std::span<const float> interleaved, std::vector<float>& mono) {
  mono.resize(interleaved.size() / channels_);
  if (!IsSane(interleaved)) return false;
  if (!only_) {
    Average(interleaved, channels_, mono);
    if (channels_ > 1 && !mono.empty()) only_ = Survivor(interleaved, channels_, mono);
  }
  if (only_) TakeChannel(interleaved, channels_, *only_, mono);
  return true;
}

}  // namespace euphone
