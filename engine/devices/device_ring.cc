#include "devices/device_ring.h"

#include <algorithm>

namespace euphone {

DeviceRing::DeviceRing(std::size_t capacity) : ring_(std::max<std::size_t>(capacity, 1)) {}

void DeviceRing::OnAudio(PcmView samples) noexcept {
  const std::size_t written = written_.load(std::memory_order_relaxed);
  const std::size_t room = ring_.size() - (written - taken_.load(std::memory_order_acquire));
  const std::size_t kept = std::min(room, samples.size());
  if (kept < samples.size()) dropped_ += samples.size() - kept;
  const std::size_t begin = written % ring_.size();
  const std::size_t first = std::min(kept, ring_.size() - begin);
  std::copy_n(samples.data(), first, ring_.data() + begin);
  std::copy_n(samples.data() + first, kept - first, ring_.data());
  written_.store(written + kept, std::memory_order_release);
}

void DeviceRing::OnOverrun() noexcept { ++overruns_; }

std::size_t DeviceRing::Take(std::vector<float>& out) {
  const std::size_t taken = taken_.load(std::memory_order_relaxed);
  const std::size_t count = written_.load(std::memory_order_acquire) - taken;
  const std::size_t begin = taken % ring_.size();
  const std::size_t first = std::min(count, ring_.size() - begin);
  out.insert(out.end(), ring_.data() + begin, ring_.data() + begin + first);
  out.insert(out.end(), ring_.data(), ring_.data() + (count - first));
  taken_.store(taken + count, std::memory_order_release);
  return count;
}

}  // namespace euphone
