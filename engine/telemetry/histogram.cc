#include "telemetry/histogram.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace euphone {

void Histogram::Add(double value) {
  if (!std::isfinite(value)) return;
  ++counts_[static_cast<std::size_t>(std::ranges::lower_bound(bounds_, value) - bounds_.begin())];
  sum_ += value;
}

void Histogram::Merge(const Histogram& other) {
  assert(std::ranges::equal(bounds_, other.bounds_));
  Add(other.counts_, other.sum_);
}

void Histogram::Add(std::span<const std::uint64_t> counts, double sum) {
  assert(counts.size() == counts_.size());
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += counts[i];
  sum_ += sum;
}

std::uint64_t Histogram::count() const {
  return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
}

double Histogram::Quantile(double share) const {
  const double wanted = share * static_cast<double>(count());
  double below = 0.0;
  for (std::size_t i = 0; i < bounds_.size(); ++i) {
    const auto here = static_cast<double>(counts_[i]);
    if (below + here >= wanted && here > 0.0) {
      const double low = i == 0 ? 0.0 : bounds_[i - 1];
      return low + (bounds_[i] - low) * (wanted - below) / here;
    }
    below += here;
  }
  return counts_.back() == 0 ? 0.0 : bounds_.back();
}

}  // namespace euphone
