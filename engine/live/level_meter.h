#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/units.h"
#include "live/event.h"

namespace euphone {

/// SoundLevel of a stream at kRecordingRate, 20 values a second.
/// Thread: one at a time. Any cutting into pieces gives the same values at the same samples.
class LevelMeter {
 public:
  static constexpr std::int64_t kBlock = 800;  ///< Samples of one value: 50 ms.

  /// Samples missing until the next value.
  std::int64_t missing() const { return kBlock - taken_; }

  /// The level once a block is full. REQUIRES: no more samples than are missing.
  std::optional<SoundLevel> Push(PcmView pcm);

 private:
  double sum_ = 0.0, peak_ = 0.0;
  std::int64_t taken_ = 0;
};

}  // namespace euphone
