#include "curves/plateau.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace euphone {
namespace {

constexpr double kChance = 0.05;

/// The test, of points that come one by one before those that are there.
class MannKendall {
 public:
  void AddBefore(double y) {
    for (const double later : values_) sum_ += static_cast<double>((later > y) - (later < y));
    const double ties = ++counts_[y];
    // Those of a group of t: t (t − 1) (2 t + 5).
    tied_ += Term(ties) - Term(ties - 1.0);
    values_.push_back(y);
  }

  double Z() const {
    const double variance = (Term(static_cast<double>(values_.size())) - tied_) / 18.0;
    if (!(variance > 0.0) || sum_ == 0.0) return 0.0;
    return (sum_ - std::copysign(1.0, sum_)) / std::sqrt(variance);
  }

 private:
  static double Term(double count) { return count * (count - 1.0) * (2.0 * count + 5.0); }

  std::vector<double> values_;
  std::map<double, double> counts_;
  double sum_ = 0.0, tied_ = 0.0;
};

/// Chance that a standard normal value is above z.
double Above(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

}  // namespace

Trend TrendOf(std::span<const CurvePoint> points) {
  MannKendall test;
  for (std::size_t i = points.size(); i-- > 0;) test.AddBefore(points[i].y);
  const double z = test.Z();
  return {z, Above(z), Above(-z)};
}

std::optional<Plateau> FindPlateau(std::span<const CurvePoint> points, const CurveOutcome& outcome,
                                   const CurveScale& scale) {
  const std::size_t least = std::max(kPlateauPoints, points.size() / 3);
  if (points.size() < least || least > kMostPlateauPoints) return std::nullopt;
  if (!outcome.fit && outcome.why != NoCurve::kNoChange) return std::nullopt;
  const double sign = scale.better == Better::kHigher ? 1.0 : -1.0;
  MannKendall test;
  Plateau plateau;
  const std::size_t most = std::min(points.size(), kMostPlateauPoints);
  for (std::size_t count = 1; count <= most; ++count) {
    test.AddBefore(points[points.size() - count].y);
    if (count >= least && Above(sign * test.Z()) >= kChance) plateau.points = count;
    if (count == least && plateau.points == 0) return std::nullopt;
  }
  const auto last = points.last(plateau.points);
  double weight = 0.0;
  for (const CurvePoint& point : last) {
    weight += point.weight;
    plateau.mean += point.weight / weight * (point.y - plateau.mean);
  }
  plateau.from_x = last.front().x;
  if (outcome.fit) {
    double practices = 0.0;
    for (const CurvePoint& point : points.last(least)) practices += point.weight;
    const double error = outcome.fit->spread / std::sqrt(practices);
    plateau.expected = outcome.fit->GainIn(practices).value;
    if (plateau.expected >= error) return std::nullopt;
  }
  return plateau;
}

}  // namespace euphone
