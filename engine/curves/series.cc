#include "curves/series.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace euphone {

Series Cleaned(Series series, std::size_t* dropped) {
  const auto unusable = [](const CurvePoint& point) {
    return !std::isfinite(point.x) || !std::isfinite(point.y) || !std::isfinite(point.weight) ||
           point.weight <= 0.0;
  };
  const std::size_t gone = std::erase_if(series.points, unusable);
  if (dropped != nullptr) *dropped = gone;
  for (CurvePoint& point : series.points) {
    if (point.low && !std::isfinite(*point.low)) point.low.reset();
    if (point.high && !std::isfinite(*point.high)) point.high.reset();
  }
  std::ranges::stable_sort(series.points, {}, &CurvePoint::x);
  return series;
}

std::vector<CurvePoint> Merged(const std::vector<CurvePoint>& points, std::size_t most) {
  if (points.size() <= most) return points;
  std::vector<CurvePoint> merged;
  for (std::size_t group = 0; group < most; ++group) {
    const std::size_t begin = group * points.size() / most;
    const std::size_t end = (group + 1) * points.size() / most;
    CurvePoint sum{.weight = 0.0};
    for (std::size_t i = begin; i < end; ++i) {
      // By steps towards each, so that nothing overflows.
      sum.weight += points[i].weight;
      const double share = points[i].weight / sum.weight;
      sum.x += share * (points[i].x - sum.x);
      sum.y += share * (points[i].y - sum.y);
    }
    merged.push_back(std::move(sum));
  }
  return merged;
}

}  // namespace euphone
