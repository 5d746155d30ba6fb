#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace euphone {

/// Points of a score, 0–100, in steps of five.
inline constexpr std::array<double, 19> kScoreBounds = {5,  10, 15, 20, 25, 30, 35, 40, 45, 50,
                                                        55, 60, 65, 70, 75, 80, 85, 90, 95};
/// Seconds that somebody waits for a judgement.
inline constexpr std::array<double, 13> kLatencyBounds = {0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1,
                                                          1.5,  2,   3,   5,   10,  30};
/// Seconds of work for a second of speech.
inline constexpr std::array<double, 13> kSpeedBounds = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5,
                                                        0.75, 1,    1.5,  2,   4,   8};

/// How many values fell where: bucket i holds those up to bounds[i] that no bucket before it does,
/// the last one all others, as Prometheus counts them.
class Histogram {
 public:
  /// `bounds` ascend, and outlive this: one of the tables above.
  explicit Histogram(std::span<const double> bounds)
      : bounds_(bounds), counts_(bounds.size() + 1) {}

  /// What is no number is not counted.
  void Add(double value);
  /// REQUIRES: the same bounds.
  void Merge(const Histogram& other);
  /// What was counted elsewhere. REQUIRES: a count for each bucket.
  void Add(std::span<const std::uint64_t> counts, double sum);

  std::span<const double> bounds() const { return bounds_; }
  std::span<const std::uint64_t> counts() const { return counts_; }
  double sum() const { return sum_; }
  std::uint64_t count() const;

  /// The value below which this share lies, taken as even within a bucket, as Prometheus'
  /// histogram_quantile does; in the last one, its lower edge. 0 where there is nothing.
  double Quantile(double share) const;

  bool operator==(const Histogram& other) const {
    return counts_ == other.counts_ && sum_ == other.sum_;
  }

 private:
  std::span<const double> bounds_;
  std::vector<std::uint64_t> counts_;
  double sum_ = 0.0;
};

}  // namespace euphone
