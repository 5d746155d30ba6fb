#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Samples on their way from one thread that must never wait to one that may. Neither allocates,
/// locks or waits here. Positions never wrap: 2^63 samples are six million years.
/// Thread: Push() from one, Pop() from another; the rest from any.
class SampleRing {
 public:
  explicit SampleRing(std::size_t capacity) : samples_(capacity) {}

  /// Takes as many of the first samples as there is room for and counts the others as lost.
  void Push(PcmView samples) noexcept;

  /// Moves as many as there are, at most out.size(); how many.
  std::size_t Pop(std::span<float> out) noexcept;

  std::size_t size() const noexcept;
  std::size_t room() const noexcept { return samples_.size() - size(); }
  std::int64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

 private:
  std::vector<float> samples_;
  std::atomic<std::int64_t> pushed_ = 0;  ///< Written by the pushing thread only.
  std::atomic<std::int64_t> popped_ = 0;  ///< Written by the popping thread only.
  std::atomic<std::int64_t> lost_ = 0;
};

}  // namespace euphone
