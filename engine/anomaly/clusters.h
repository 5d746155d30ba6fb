#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace euphone {

/// Rows of equal length, on one scale.
using Points = std::vector<std::vector<double>>;

double SquaredDistance(std::span<const double> a, std::span<const double> b);

/// The row of `centroids` nearest to `point`; the first of equals.
std::size_t NearestTo(const Points& centroids, std::span<const double> point);

/// K-means: Lloyd's iteration (1982) from the seeds of Arthur and Vassilvitskii, "k-means++: the
/// advantages of careful seeding" (2007), drawn by a generator that is the same everywhere.
/// Gives 1 to `count` centroids: fewer where there are fewer different points. `points` must not be
/// empty. Same input, same output.
Points FindCentroids(const Points& points, std::size_t count, std::uint64_t seed = 1);

/// A mixture of normal distributions without correlations.
struct GaussianMixture {
  std::vector<double> weights;  ///< Sum 1.
  Points means;
  Points variances;  ///< Above 0.

  /// Natural log of the density at `point`.
  double LogDensity(std::span<const double> point) const;
};

/// Expectation and maximisation (Dempster, Laird and Rubin, 1977), begun at FindCentroids(), until
/// the mean log density rises by less than 1e-6, at most 200 times. No variance falls below
/// `least_variance`, so that no component shrinks onto one point. `points` must not be empty.
GaussianMixture FitMixture(const Points& points, std::size_t count, double least_variance = 0.05,
                           std::uint64_t seed = 1);

}  // namespace euphone
