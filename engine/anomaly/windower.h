#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "anomaly/window_features.h"
#include "base/result.h"

namespace euphone {

/// One window of all channels, described.
struct DescribedWindow {
  double start_s = 0.0;  ///< From the beginning of the stream.
  double end_s = 0.0;
  std::vector<float> features;  ///< List() of the first channel, then of the next, ….
};

/// Cuts a stream of several channels into windows that follow each other, and describes each. Any
/// chunking gives the same windows; what is left at the end is no window. Memory: one window.
/// Thread: one at a time.
class Windower {
 public:
  /// Fails: as WindowFeatures::Create; kInvalidArgument for no channel.
  static Result<Windower> Create(std::size_t channels, double rate_hz, double window_s);

  /// "CHANNEL.FEATURE" for each feature of a window.
  static std::vector<std::string> Names(const std::vector<std::string>& channels);
  /// Their least_scale.
  static std::vector<double> LeastScales(std::size_t channels);

  /// Takes one instant, a finite sample of each channel; true where it completes a window, which
  /// window() then holds until the next instant.
  bool Push(std::span<const float> instant);
  const DescribedWindow& window() const { return window_; }

  /// Samples are missing here: forgets the begun window and goes on `seconds` later.
  void Skip(double seconds);

 private:
  Windower(WindowFeatures features, std::size_t channels, double rate_hz);

  WindowFeatures features_;
  double rate_hz_;
  std::vector<std::vector<float>> held_;
  DescribedWindow window_;
  std::int64_t instants_ = 0;
  double skipped_s_ = 0.0;
};

}  // namespace euphone
