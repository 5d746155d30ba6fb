#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace euphone {

/// A measurement on a curve.
struct CurvePoint {
  double x = 0.0, y = 0.0;
  double weight = 1.0;  ///< How many measurements it is the mean of.
  std::optional<double> low = std::nullopt, high = std::nullopt;  ///< Its interval.
  std::string label = {};                                         ///< What it is: a date.
};

/// Which way is better.
enum class Better { kHigher, kLower };

/// Measurements in the order of x, under a name.
struct Series {
  std::string name;
  std::vector<CurvePoint> points = {};
};

/// Without the points that no curve can hold: those that are not finite or weigh nothing; in the
/// order of x. `dropped`: how many these were.
Series Cleaned(Series series, std::size_t* dropped = nullptr);

/// Neighbours made one, by weight, until there are at most `most`. REQUIRES: cleaned, most > 0.
std::vector<CurvePoint> Merged(const std::vector<CurvePoint>& points, std::size_t most);

}  // namespace euphone
