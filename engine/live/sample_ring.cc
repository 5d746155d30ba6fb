#include "live/sample_ring.h"

#include <algorithm>

namespace euphone {

void SampleRing::Push(PcmView samples) noexcept {
  const std::int64_t pushed = pushed_.load(std::memory_order_relaxed);
  const auto used = static_cast<std::size_t>(pushed - popped_.load(std::memory_order_acquire));
  const std::size_t count = std::min(samples.size(), samples_.size() - used);
  const auto at = static_cast<std::size_t>(pushed) % samples_.size();
  const std::size_t before_end = std::min(count, samples_.size() - at);
  std::copy_n(samples.begin(), before_end, samples_.begin() + static_cast<std::ptrdiff_t>(at));
  std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(before_end), count - before_end,
              samples_.begin());
  pushed_.store(pushed + static_cast<std::int64_t>(count), std::memory_order_release);
  if (count < samples.size())
    lost_.fetch_add(static_cast<std::int64_t>(samples.size() - count), std::memory_order_relaxed);
}

std::size_t SampleRing::Pop(std::span<float> out) noexcept {
  const std::int64_t popped = popped_.load(std::memory_order_relaxed);
  const auto used = static_cast<std::size_t>(pushed_.load(std::memory_order_acquire) - popped);
  const std::size_t count = std::min(out.size(), used);
  const auto at = static_cast<std::size_t>(popped) % samples_.size();
  const std::size_t before_end = std::min(count, samples_.size() - at);
  std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at), before_end, out.begin());
  std::copy_n(samples_.begin(), count - before_end,
              out.begin() + static_cast<std::ptrdiff_t>(before_end));
  popped_.store(popped + static_cast<std::int64_t>(count), std::memory_order_release);
  return count;
}

std::size_t SampleRing::size() const noexcept {
  return static_cast<std::size_t>(pushed_.load(std::memory_order_acquire) -
                                  popped_.load(std::memory_order_acquire));
}

}  // namespace euphone
