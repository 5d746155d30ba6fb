#pragma once

#include <chrono>
#include <string>

#include "base/units.h"

namespace euphone::cli {

/// One line that shows how loud a recording is: "● 0:03  ▮▮▮▮▮▮▯▯▯▯▯▯  -18 dB"; twelve steps of
/// 5 dB up to full scale, and a word where it is too loud. Pure.
std::string MeterLine(double seconds, double peak);

/// Draws it ten times a second, only where `descriptor` is a terminal, and removes it in the end.
/// Thread: one.
class LevelMeter {
 public:
  explicit LevelMeter(int descriptor);
  LevelMeter(const LevelMeter&) = delete;
  LevelMeter& operator=(const LevelMeter&) = delete;
  ~LevelMeter();

  /// `samples` are the latest; `seconds` is how long the recording is with them.
  void Update(double seconds, PcmView samples);

 private:
  void Draw(const std::string& line) const;

  int descriptor_;
  bool enabled_;
  double peak_ = 0.0;  ///< Since the last drawing.
  std::chrono::steady_clock::time_point last_drawn_{};
};

}  // namespace euphone::cli
