#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "base/random.h"
#include "curves/curve_fit.h"

namespace euphone::fixture {

/// Somebody whose curve is known: days of practice on it, with noise on each practice.
struct SyntheticLearner {
  CurveParameters truth{CurveShape::kPower, 85.0, -45.0, 0.4};
  std::size_t days = 30;
  double practices = 8.0;  ///< A day.
  double noise = 8.0;      ///< Standard deviation of one practice.
};

inline std::vector<CurvePoint> PointsOf(const SyntheticLearner& learner, std::uint64_t seed) {
  Random random(seed);
  std::vector<CurvePoint> points;
  for (std::size_t day = 0; day < learner.days; ++day) {
    const double x = learner.practices * (static_cast<double>(day) + 0.5);
    const double radius = std::sqrt(-2.0 * std::log(1.0 - random.Unit()));
    const double normal = radius * std::cos(2.0 * std::numbers::pi * random.Unit());
    points.push_back(
        {.x = x,
         .y = learner.truth.At(x) + learner.noise / std::sqrt(learner.practices) * normal,
         .weight = learner.practices});
  }
  return points;
}

}  // namespace euphone::fixture
