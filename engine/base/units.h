#pragma once

#include <cstdint>
#include <span>

namespace euphone {

/// Samples per second. A type of its own, so that no other integer passes for it.
struct SampleRate {
  int hz;
  friend constexpr bool operator==(SampleRate, SampleRate) = default;
};

/// A duration in milliseconds; may be fractional.
struct Millis {
  double value;
};

/// The nearest number of samples; rounding is done here and nowhere else.
constexpr std::int64_t SamplesIn(Millis duration, SampleRate rate) {
  return static_cast<std::int64_t>(duration.value * rate.hz / 1000.0 + 0.5);
}
static_assert(SamplesIn(Millis{25}, SampleRate{22050}) == 551);  // hz / 1000 * 25 would give 550

constexpr double SecondsIn(std::int64_t samples, SampleRate rate) {
  return static_cast<double>(samples) / rate.hz;
}

/// Mono PCM, float in [-1, 1] (resampling may overshoot slightly). A view: it owns nothing.
using PcmView = std::span<const float>;

}  // namespace euphone
