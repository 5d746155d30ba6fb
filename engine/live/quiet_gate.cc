#include "live/quiet_gate.h"

#include <algorithm>

namespace euphone {
namespace {

/// Without a constant offset, which some microphones have.
double MeanSquare(PcmView block) {
  double sum = 0.0, squares = 0.0;
  for (const float sample : block) {
    sum += sample;
    squares += static_cast<double>(sample) * sample;
  }
  const double count = static_cast<double>(block.size());
  return std::max(0.0, squares / count - (sum / count) * (sum / count));
}

}  // namespace

bool QuietGate::IsQuiet(PcmView block) {
  const double level = MeanSquare(block);
  double& lowest = lowest_[blocks_ / kStretch % kStretches];
  lowest = blocks_ % kStretch == 0 ? level : std::min(lowest, level);
  ++blocks_;
  const std::size_t known = std::min(kStretches, (blocks_ - 1) / kStretch + 1);
  const double floor =
      *std::min_element(lowest_.begin(), lowest_.begin() + static_cast<std::ptrdiff_t>(known));
  return level <= kLoudest && level <= floor * kAboveFloor;
}

QuietGate::Passed QuietGate::Push(PcmView block, bool nobody) {
  quiet_ = IsQuiet(block) ? quiet_ + 1 : 0;
  passed_.clear();
  if (closed_ && quiet_ == 0) {
    closed_ = false;
    passed_.swap(held_);
    held_.clear();
  } else if (!closed_ && nobody && quiet_ >= kCloses) {
    closed_ = true;
  }
  if (!closed_) {
    passed_.insert(passed_.end(), block.begin(), block.end());
    return {passed_, 0};
  }
  held_.insert(held_.end(), block.begin(), block.end());
  std::size_t spared = 0;
  for (; held_.size() >= kHeld + unit_ * (spared + 1); ++spared) {
  }
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(unit_ * spared));
  return {passed_, spared};
}

}  // namespace euphone
