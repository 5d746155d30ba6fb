#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace euphone::cli {

/// A figure with its 95 % interval, by bootstrap: 1000 draws with a seed of their own.
struct Interval {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// How times lie.
struct Spread {
  std::size_t count = 0;
  double mean = 0.0, least = 0.0, most = 0.0;
  Interval p50, p90;
  std::optional<Interval> p99;  ///< Only of 100 values and more: else it would be the largest.
};

/// The value below which `share` of them lie. REQUIRES: values.
Interval QuantileOf(const std::vector<double>& values, double share);

/// REQUIRES: values.
Spread SpreadOf(const std::vector<double>& values);

/// What comes of comparing B with A, where less is better.
enum class Comparison { kFaster, kSlower, kNoDifference };

/// Median of b/a over pairs. Faster or slower only where the whole interval is on one side of 1,
/// and beyond `least`: a difference of less than that is none that anybody would notice.
struct Ratio {
  Interval ratio;
  Comparison verdict = Comparison::kNoDifference;
};
/// REQUIRES: as many of each, at least one, all above 0.
Ratio RatioOf(const std::vector<double>& a, const std::vector<double>& b, double least = 0.02);

}  // namespace euphone::cli
