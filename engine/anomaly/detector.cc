#include "anomaly/detector.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace euphone {
namespace {

constexpr std::size_t kParts = 5;  ///< Of the time, for the threshold.
constexpr std::size_t kPointsPerCluster = 10;
constexpr std::size_t kMostClusters = 64;

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

/// Where a window would lie if it were normal, and how far normal ones lie from there.
struct Normal {
  const std::vector<double>* center;
  const std::vector<double>* variance;  ///< Null: 1 everywhere.
};

Normal NormalFor(const Detector& detector, std::span<const double> scaled) {
  if (detector.kind == DetectorKind::kKmeans)
    return {&detector.centroids[NearestTo(detector.centroids, scaled)], nullptr};
  const std::size_t component = detector.mixture.ComponentOf(scaled);
  return {&detector.mixture.means[component], &detector.mixture.variances[component]};
}

Status Check(const Matrix& windows, const DetectorConfig& config) {
  if (windows.rows < kFewestWindows) {
    return Error{Errc::kInvalidArgument,
                 "only " + std::to_string(windows.rows) + " windows to learn from; give at least " +
                     std::to_string(kFewestWindows) + ", or a shorter --window"};
  }
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
  const Normal normal = NormalFor(detector, scaled);
  std::vector<Contribution> all;
  double sum = 0.0;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    double deviation = scaled[i] - (*normal.center)[i];
    if (normal.variance != nullptr) deviation /= std::sqrt((*normal.variance)[i]);
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
  detector.threshold = QuantileOf(std::move(scores), config.quantile);
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
