#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/matrix.h"

namespace euphone {

/// Mean and variance of a stream of numbers in one pass, without the cancellation of sums of
/// squares: B. P. Welford, "Note on a method for calculating corrected sums of squares and
/// products", Technometrics 4 (1962).
class RunningMoments {
 public:
  void Add(double value);

  std::int64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Of the sample (count − 1); 0 for fewer than two numbers.
  double variance() const;

 private:
  std::int64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;
};

/// Middle of `values`; the mean of the two middle ones where their number is even. 0 for none.
double MedianOf(std::vector<double> values);

/// The value that a share `rank`, 0 to 1, of `values` does not exceed, between neighbours in
/// proportion. `values` must not be empty.
double QuantileOf(std::vector<double> values, double rank);

/// Standard deviations in a median distance from the median, of normally distributed numbers.
inline constexpr double kDeviationsInMedian = 1.4826;

enum class ScalingKind {
  kStandard,  ///< Mean and standard deviation.
  kRobust,  ///< Median, and kDeviationsInMedian times the median distance from it: few outliers do
            ///< no harm.
};

/// Brings features to one scale: (value − center) / scale.
struct Scaling {
  std::vector<double> center;
  std::vector<double> scale;  ///< Above 0.

  std::vector<double> Apply(std::span<const float> row) const;
};

/// Over the rows of `data`, at least one. A feature that hardly varies would turn its rounding into
/// an alarm: no scale is below `least` (one for each column) or a thousandth of its center.
Scaling FitScaling(const Matrix& data, ScalingKind kind, std::span<const double> least);

}  // namespace euphone
