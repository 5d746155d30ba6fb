#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Spares the model a quiet room. Where nobody has spoken for a while and the level stays near the
/// lowest of the last seconds, whole units of audio are left out; what came last is held back, so
/// that the model hears the beginning of a word with the room before it.
/// A level above kLoudest is heard always: a noisy room may hide somebody who speaks.
/// Thread: one at a time. Any cutting into blocks of kBlock gives the same.
class QuietGate {
 public:
  static constexpr std::size_t kBlock = 160;  ///< Samples of a Push(): 10 ms at kRecordingRate.

  /// `unit`: samples that are left out at a time.
  explicit QuietGate(std::int64_t unit) : unit_(static_cast<std::size_t>(unit)) {}

  struct Passed {
    PcmView heard;           ///< Valid until the next Push().
    std::size_t spared = 0;  ///< Units before `heard` that are left out.
  };

  /// `block`: kBlock samples. `nobody`: nobody speaks, as far as the model has heard.
  Passed Push(PcmView block, bool nobody);

  /// What is held back when no more will come. Valid until the next Push().
  PcmView Finish() const { return held_; }

 private:
  static constexpr double kLoudest = 1e-5;     ///< Mean square: -50 dBFS.
  static constexpr double kAboveFloor = 6.3;   ///< 8 dB; blocks of steady noise vary by 1 to 2.
  static constexpr std::size_t kCloses = 100;  ///< Quiet blocks after which it closes: 1 s.
  static constexpr std::size_t kHeld = 4'800;  ///< Samples that are held back: 0.3 s.
  static constexpr std::size_t kStretch = 50;  ///< Blocks of one value of lowest_: 0.5 s.
  static constexpr std::size_t kStretches = 6;

  bool IsQuiet(PcmView block);

  std::size_t unit_;
  std::vector<float> held_, passed_;
  std::array<double, kStretches> lowest_ = {};  ///< Mean squares of the last seconds.
  std::size_t blocks_ = 0, quiet_ = 0;
  bool closed_ = false;
};

}  // namespace euphone
