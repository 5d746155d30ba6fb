#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace euphone {

/// Predictions beside the raters' marks, in step: what all figures are computed from. Pure
/// functions, deterministic; any thread.
struct Pairs {
  std::vector<double> predicted, rated;  ///< On one scale; finite.
  std::vector<std::size_t> speaker;      ///< Numbered from 0, gaps allowed.

  std::size_t size() const { return rated.size(); }
  void Add(double prediction, double rating, std::size_t who) {
    predicted.push_back(prediction);
    rated.push_back(rating);
    speaker.push_back(who);
  }
};

/// Pearson's correlation, −1 to 1; absent for fewer than two values or where either side does not
/// vary. REQUIRES: equal lengths; the same for those below.
std::optional<double> Pearson(std::span<const double> x, std::span<const double> y);

/// Spearman's correlation: Pearson's of the ranks; equal values share the mean of their ranks.
std::optional<double> Spearman(std::span<const double> x, std::span<const double> y);

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> Ranks(std::span<const double> values);

/// Mean of the squared differences; absent for no values.
std::optional<double> MeanSquaredError(std::span<const double> x, std::span<const double> y);

/// A figure with its 95 % interval, the 2.5 and 97.5 percentiles of the bootstrap's draws; absent
/// where the figure, or 1 of 20 draws, is not defined.
struct Estimate {
  std::optional<double> value, low, high;
};

/// How predictions agree with the raters.
struct Agreement {
  std::size_t count = 0;     ///< Pairs.
  std::size_t speakers = 0;  ///< Different ones among them.
  Estimate pearson, spearman, squared_error;
};

/// Agreement with intervals by bootstrap over speakers: each draw takes as many speakers as there
/// are, with replacement, and all pairs of each (Efron and Tibshirani 1993, clustered). Linear in
/// draws × pairs.
Agreement MeasureAgreement(const Pairs& pairs, std::size_t draws, std::uint64_t seed);

/// What some speaker's items add to a share.
struct ShareOf {
  std::size_t part = 0, whole = 0;
};

/// Σ part / Σ whole, with its interval by the same bootstrap; absent where the whole is nothing.
Estimate MeasureShare(std::span<const ShareOf> speakers, std::size_t draws, std::uint64_t seed);

/// How well "below a threshold" finds what the raters marked low.
struct Detection {
  double threshold = 0.0;
  std::size_t low = 0;      ///< Rated low.
  std::size_t flagged = 0;  ///< Predicted below the threshold.
  std::size_t both = 0;
  /// Absent where nothing was flagged; where nothing is low; where either is.
  std::optional<double> precision, recall, f1;
};

/// Low is a rating below `low_below`; flagged a prediction below `threshold`.
Detection DetectLow(const Pairs& pairs, double low_below, double threshold);

/// The threshold with the best F1, chosen with the ratings in view: a bound, no result. The lowest
/// of equally good ones.
Detection BestDetection(const Pairs& pairs, double low_below);

/// What was predicted and rated in one slice of the predictions' scale.
struct CalibrationBin {
  double from = 0.0, to = 0.0;  ///< Predictions in [from, to), the last with its end.
  std::size_t count = 0;
  double predicted = 0.0, rated = 0.0;  ///< Means; 0 where it is empty.
};

/// Equal slices of [0, top]. REQUIRES: bins > 0, top > 0.
std::vector<CalibrationBin> Calibrate(const Pairs& pairs, std::size_t bins, double top);

/// Expected calibration error: |mean predicted − mean rated| of the bins, weighed by their counts
/// (Naeini et al. 2015); absent without pairs.
std::optional<double> CalibrationError(std::span<const CalibrationBin> bins);

/// The value below which `share` (0–1) of the values lie, by linear interpolation; absent for none.
std::optional<double> Quantile(std::vector<double> values, double share);
/// The same of values in rising order. REQUIRES: values.
double SortedQuantile(std::span<const double> sorted, double share);

}  // namespace euphone
