#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone {

/// One number that describes a window of a channel.
struct WindowFeature {
  std::string name;    ///< "kurtosis", "band_3"
  double least_scale;  ///< Less variation than that in normal running means nothing.
};

inline constexpr std::size_t kShortestWindow = 16;      ///< Samples.
inline constexpr std::size_t kLongestWindow = 1 << 20;  ///< Samples, of one channel.

/// Describes windows of one channel of any sensor, in whatever unit it measures. Levels are dB
/// relative to 1 of that unit, -300 at least, so that a doubling weighs the same at any level:
///   mean            of the samples, in the unit; all others are without it
///   rms, peak       dB
///   crest           dB, peak over RMS: 3 for a tone, high for knocks
///   kurtosis        log2 of the fourth moment over the squared second: 1.6 for noise, high for
///                   knocks; a classic for bearings (D. Dyer and R. M. Stewart, 1978)
///   crossings       % of the samples where the sign changes
///   dominant        log2 of the frequency with the most power, in Hz
///   band_1 … 12     dB, power from half the sample rate times 2^(-k/2) on, half an octave up;
///                   band_12 takes all that is below; at most 90 dB under the RMS
/// Thread: one at a time.
class WindowFeatures {
 public:
  /// A window of `size` samples at `rate_hz`. Fails: kInvalidArgument outside the limits above.
  static Result<WindowFeatures> Create(std::size_t size, double rate_hz);
  WindowFeatures(WindowFeatures&&) noexcept;
  WindowFeatures& operator=(WindowFeatures&&) noexcept;
  ~WindowFeatures();

  static const std::vector<WindowFeature>& List();

  std::size_t size() const;

  /// Appends a value for each of List(). `window`: size() finite samples.
  void Compute(std::span<const float> window, std::vector<float>& out);

 private:
  struct Parts;
  explicit WindowFeatures(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace euphone
