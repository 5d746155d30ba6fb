#include "anomaly/detector.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace euphone {
namespace {

constexpr std::size_t kParts = 5;  ///< Of the time, for the threshold.
constexpr std::size_t kPointsPerCluster = 10;
constexpr std::size_t kMostClusters = 64;
constexpr double kSpare =
    0.1;  ///< Of the way from a middle score to one that would raise an alarm.
constexpr double kMostMisfit = 9.0;  ///< Of one feature: three standard deviations, squared.

/// Everything but the threshold.
Detector Fit(const Matrix& windows, std::span<const double> least_scale,
             const DetectorConfig& config) {
  Detector detector;
  detector.kind = config.kind;
  detector.scaling_kind = config.scaling;
  detector.quantile = config.quantile;
  detector.trained_on = windows.rows;
  detector.scaling = FitScaling(windows, config.scaling, least_scale);
  Points points;
  for (std::size_t r = 0; r < windows.rows; ++r)
    points.push_back(detector.scaling.Apply(windows.row(r)));
  const std::size_t clusters =
      std::clamp<std::size_t>(windows.rows / kPointsPerCluster, 1, config.clusters);
  if (config.kind == DetectorKind::kKmeans) {
    detector.centroids = FindCentroids(points, clusters);
  } else {
    detector.mixture = FitMixture(points, clusters);
  }
  return detector;
}

/// How far a window lies from one way of running, feature by feature, in its standard deviations.
struct Comparison {
  std::vector<double> deviations;
  double misfit = std::numeric_limits<double>::infinity();  ///< Less: most features agree better.
};

Comparison CompareWith(const Detector& detector, std::size_t way, std::span<const double> scaled) {
  const bool mixed = detector.kind == DetectorKind::kMixture;
  const std::vector<double>& center = mixed ? detector.mixture.means[way] : detector.centroids[way];
  Comparison comparison;
  comparison.misfit = mixed ? -2.0 * std::log(detector.mixture.weights[way]) : 0.0;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    const double variance = mixed ? detector.mixture.variances[way][i] : 1.0;
    const double deviation = (scaled[i] - center[i]) / std::sqrt(variance);
    comparison.deviations.push_back(deviation);
    comparison.misfit += std::min(deviation * deviation, kMostMisfit) + std::log(variance);
  }
  return comparison;
}

/// With the way of running that most features agree with. The nearest one would be chosen by the
/// feature that is farthest off, and then others be blamed that are quite normal.
Comparison Compare(const Detector& detector, std::span<const double> scaled) {
  const std::size_t ways = std::max(detector.centroids.size(), detector.mixture.means.size());
  Comparison best;
  for (std::size_t way = 0; way < ways; ++way) {
    Comparison next = CompareWith(detector, way, scaled);
    if (way == 0 || next.misfit < best.misfit) best = std::move(next);
  }
  return best;
}

/// The threshold under which these scores, in the order of time, raise no alarm: the highest of
/// what at least `hits` of `windows` scores reach.
double QuietThreshold(const std::vector<double>& scores, const AlarmRule& rule) {
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t end = rule.hits; end <= scores.size(); ++end) {
    const std::size_t begin = end - std::min(end, rule.windows);
    std::vector<double> recent(scores.begin() + static_cast<std::ptrdiff_t>(begin),
                               scores.begin() + static_cast<std::ptrdiff_t>(end));
    const auto place = recent.begin() + static_cast<std::ptrdiff_t>(rule.hits - 1);
    std::nth_element(recent.begin(), place, recent.end(), std::greater<>());
    highest = std::max(highest, *place);
  }
  return highest;
}

Status Check(const Matrix& windows, const DetectorConfig& config) {
  if (windows.rows < kFewestWindows) {
    return Error{Errc::kInvalidArgument,
                 "only " + std::to_string(windows.rows) + " windows to learn from; give at least " +
                     std::to_string(kFewestWindows) + ", or a shorter --window"};
  }
  if (config.alarm.hits < 1 || config.alarm.hits > config.alarm.windows)
    return Error{Errc::kInvalidArgument, "an alarm needs 1 to all of its windows"};
  if (config.clusters < 1 || config.clusters > kMostClusters || !(config.quantile > 0.5) ||
      config.quantile > 1.0) {
    return Error{Errc::kInvalidArgument, "clusters must be 1 to 64, the quantile 0.5 to 1"};
  }
  return {};
}

}  // namespace

double Detector::Score(std::span<const float> features) const {
  const std::vector<double> scaled = scaling.Apply(features);
  const auto count = static_cast<double>(scaled.size());
  if (kind == DetectorKind::kMixture) return -mixture.LogDensity(scaled) / count;
  return std::sqrt(SquaredDistance(centroids[NearestTo(centroids, scaled)], scaled) / count);
}

std::vector<Contribution> Explain(const Detector& detector, std::span<const float> features,
                                  std::size_t count) {
  const std::vector<double> scaled = detector.scaling.Apply(features);
  const Comparison normal = Compare(detector, scaled);
  std::vector<Contribution> all;
  double sum = 0.0;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    const double deviation = normal.deviations[i];
    all.push_back({i, deviation * deviation, deviation});
    sum += deviation * deviation;
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Contribution& a, const Contribution& b) { return a.share > b.share; });
  all.resize(std::min(count, all.size()));
  for (Contribution& part : all) part.share = sum > 0.0 ? part.share / sum : 0.0;
  return all;
}

Result<Detector> Learn(const Matrix& windows, std::span<const double> least_scale,
                       const DetectorConfig& config) {
  if (auto status = Check(windows, config); !status) return status.error();
  std::vector<double> scores;
  for (std::size_t part = 0; part < kParts; ++part) {
    const std::size_t first = part * windows.rows / kParts;
    const std::size_t last = (part + 1) * windows.rows / kParts;
    Matrix others;
    AppendRows(windows, 0, first, others);
    AppendRows(windows, last, windows.rows, others);
    const Detector detector = Fit(others, least_scale, config);
    for (std::size_t r = first; r < last; ++r) scores.push_back(detector.Score(windows.row(r)));
  }
  Detector detector = Fit(windows, least_scale, config);
  const double quiet = QuietThreshold(scores, config.alarm);
  const double spare = kSpare * (quiet - MedianOf(scores));
  detector.threshold = std::max(QuantileOf(std::move(scores), config.quantile), quiet + spare);
  return detector;
}

Alarm::Change Alarm::Push(bool above) {
  recent_.push_back(above);
  if (recent_.size() > rule_.windows) recent_.pop_front();
  const auto hits = static_cast<std::size_t>(std::count(recent_.begin(), recent_.end(), true));
  if (!on_ && hits >= rule_.hits) {
    on_ = true;
    return Change::kBegins;
  }
  if (on_ && hits == 0) {
    on_ = false;
    return Change::kEnds;
  }
  return Change::kNone;
}

}  // namespace euphone
