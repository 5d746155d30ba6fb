#include "anomaly/clusters.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace euphone {
namespace {

constexpr int kMostRounds = 200;
constexpr double kConverged = 1e-6;

/// S. Vigna's SplitMix64: small, and the same on every machine, unlike the library's distributions.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_(seed) {}
  /// Uniform in [0, 1).
  double Next() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return static_cast<double>((mixed ^ (mixed >> 31)) >> 11) * 0x1.0p-53;
  }

 private:
  std::uint64_t state_;
};

/// Each next seed is drawn with a chance that grows with the squared distance to those there are.
Points Seeds(const Points& points, std::size_t count, Generator& chance) {
  const auto size = static_cast<double>(points.size());
  Points seeds{points[static_cast<std::size_t>(chance.Next() * size)]};
  std::vector<double> distances(points.size(), std::numeric_limits<double>::infinity());
  while (seeds.size() < count) {
    double sum = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      distances[i] = std::min(distances[i], SquaredDistance(points[i], seeds.back()));
      sum += distances[i];
    }
    if (sum <= 0.0) break;  // every point is a seed
    double left = chance.Next() * sum;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (distances[i] <= 0.0) continue;
      chosen = i;
      left -= distances[i];
      if (left < 0.0) break;
    }
    seeds.push_back(points[chosen]);
  }
  return seeds;
}

/// log Σ exp(values).
double LogSum(std::span<const double> values) {
  const double highest = *std::max_element(values.begin(), values.end());
  double sum = 0.0;
  for (const double value : values) sum += std::exp(value - highest);
  return highest + std::log(sum);
}

/// [components]: log of weight times density.
std::vector<double> LogParts(const GaussianMixture& mixture, std::span<const double> point) {
  std::vector<double> parts;
  for (std::size_t k = 0; k < mixture.weights.size(); ++k) {
    double log_density = std::log(mixture.weights[k]);
    for (std::size_t i = 0; i < point.size(); ++i) {
      const double variance = mixture.variances[k][i];
      const double gap = point[i] - mixture.means[k][i];
      log_density -= 0.5 * (std::log(2.0 * std::numbers::pi * variance) + gap * gap / variance);
    }
    parts.push_back(log_density);
  }
  return parts;
}

/// Weight, mean and variance of component `k` from each point's share in it.
void Maximise(const Points& points, const std::vector<std::vector<double>>& shares, std::size_t k,
              double least_variance, GaussianMixture& mixture) {
  double total = 0.0;
  for (const auto& share : shares) total += share[k];
  if (total < 1e-9) {  // nobody's: it stays where it is, without a say
    mixture.weights[k] = 1e-12;
    return;
  }
  mixture.weights[k] = total / static_cast<double>(points.size());
  for (std::size_t i = 0; i < mixture.means[k].size(); ++i) {
    double mean = 0.0;
    for (std::size_t p = 0; p < points.size(); ++p) mean += shares[p][k] * points[p][i] / total;
    double variance = 0.0;
    for (std::size_t p = 0; p < points.size(); ++p) {
      const double gap = points[p][i] - mean;
      variance += shares[p][k] * gap * gap / total;
    }
    mixture.means[k][i] = mean;
    mixture.variances[k][i] = std::max(variance, least_variance);
  }
}

}  // namespace

double SquaredDistance(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

std::size_t NearestTo(const Points& centroids, std::span<const double> point) {
  std::size_t nearest = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < centroids.size(); ++k) {
    const double distance = SquaredDistance(centroids[k], point);
    if (distance >= least) continue;
    least = distance;
    nearest = k;
  }
  return nearest;
}

Points FindCentroids(const Points& points, std::size_t count, std::uint64_t seed) {
  Generator chance(seed);
  Points centroids = Seeds(points, std::max<std::size_t>(1, count), chance);
  std::vector<std::size_t> owners(points.size(), centroids.size());
  for (int round = 0; round < kMostRounds; ++round) {
    bool moved = false;
    Points sums(centroids.size(), std::vector<double>(points.front().size(), 0.0));
    std::vector<double> counts(centroids.size(), 0.0);
    for (std::size_t p = 0; p < points.size(); ++p) {
      const std::size_t owner = NearestTo(centroids, points[p]);
      moved = moved || owner != owners[p];
      owners[p] = owner;
      counts[owner] += 1.0;
      for (std::size_t i = 0; i < points[p].size(); ++i) sums[owner][i] += points[p][i];
    }
    if (!moved) break;
    for (std::size_t k = 0; k < centroids.size(); ++k) {
      if (counts[k] == 0.0) continue;  // it stays where it was
      for (std::size_t i = 0; i < sums[k].size(); ++i) centroids[k][i] = sums[k][i] / counts[k];
    }
  }
  return centroids;
}

double GaussianMixture::LogDensity(std::span<const double> point) const {
  return LogSum(LogParts(*this, point));
}

GaussianMixture FitMixture(const Points& points, std::size_t count, double least_variance,
                           std::uint64_t seed) {
  GaussianMixture mixture;
  mixture.means = FindCentroids(points, count, seed);
  const std::size_t components = mixture.means.size();
  mixture.weights.assign(components, 1.0 / static_cast<double>(components));
  mixture.variances.assign(components, std::vector<double>(points.front().size(), 1.0));
  std::vector<std::vector<double>> shares(points.size(), std::vector<double>(components, 0.0));
  for (std::size_t p = 0; p < points.size(); ++p)
    shares[p][NearestTo(mixture.means, points[p])] = 1;
  double before = -std::numeric_limits<double>::infinity();
  for (int round = 0; round < kMostRounds; ++round) {
    for (std::size_t k = 0; k < components; ++k)
      Maximise(points, shares, k, least_variance, mixture);
    double mean = 0.0;
    for (std::size_t p = 0; p < points.size(); ++p) {
      std::vector<double> parts = LogParts(mixture, points[p]);
      const double sum = LogSum(parts);
      for (std::size_t k = 0; k < components; ++k) shares[p][k] = std::exp(parts[k] - sum);
      mean += sum / static_cast<double>(points.size());
    }
    if (mean - before < kConverged) break;
    before = mean;
  }
  return mixture;
}

}  // namespace euphone
