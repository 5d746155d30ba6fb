#include "anomaly/clusters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

/// `count` points around each center, on a spiral: as even as noise, and the same every time.
Points Around(const Points& centers, std::size_t count, double radius = 1.0) {
  Points points;
  for (const auto& center : centers) {
    for (std::size_t i = 0; i < count; ++i) {
      const double turn = 2.4 * static_cast<double>(i);
      const double reach =
          radius * std::sqrt(static_cast<double>(i + 1) / static_cast<double>(count));
      points.push_back({center[0] + reach * std::cos(turn), center[1] + reach * std::sin(turn)});
    }
  }
  return points;
}

TEST(Clusters, AreFoundWhereThePointsLie) {
  const Points centers{{0.0, 0.0}, {10.0, 0.0}, {0.0, 10.0}};
  const Points found = FindCentroids(Around(centers, 60), 3);
  ASSERT_EQ(found.size(), 3u);
  for (const auto& center : centers)
    EXPECT_LT(SquaredDistance(found[NearestTo(found, center)], center), 0.05);
}

TEST(Clusters, AreTheSameEveryTime) {
  const Points points = Around({{0.0, 0.0}, {3.0, 1.0}}, 100, 2.0);
  EXPECT_EQ(FindCentroids(points, 5), FindCentroids(points, 5));
  EXPECT_EQ(FitMixture(points, 3).means, FitMixture(points, 3).means);
}

TEST(Clusters, AreNoMoreThanThereAreDifferentPoints) {
  const Points same(20, {1.0, 2.0});
  EXPECT_EQ(FindCentroids(same, 4), Points({{1.0, 2.0}}));
  EXPECT_EQ(FitMixture(same, 4).weights.size(), 1u);
}

TEST(Mixture, FindsWeightsMeansAndVariances) {
  Points points = Around({{0.0, 0.0}}, 300, 1.0);
  const Points others = Around({{12.0, 0.0}}, 100, 3.0);
  points.insert(points.end(), others.begin(), others.end());
  const GaussianMixture mixture = FitMixture(points, 2);
  ASSERT_EQ(mixture.weights.size(), 2u);
  const std::size_t small = mixture.means[0][0] < mixture.means[1][0] ? 0 : 1;
  EXPECT_NEAR(mixture.weights[small], 0.75, 0.01);
  EXPECT_NEAR(mixture.means[small][0], 0.0, 0.1);
  EXPECT_NEAR(mixture.means[1 - small][0], 12.0, 0.2);
  // A filled circle of radius r has the variance r² / 4 along each axis.
  EXPECT_NEAR(mixture.variances[small][0], 0.25, 0.03);
  EXPECT_NEAR(mixture.variances[1 - small][1], 2.25, 0.3);
}

TEST(Mixture, GivesTheDensityOfANormalDistribution) {
  const GaussianMixture standard{{1.0}, {{0.0, 0.0}}, {{1.0, 4.0}}};
  EXPECT_NEAR(standard.LogDensity(std::vector{0.0, 0.0}), -std::log(2.0 * M_PI * 2.0), 1e-9);
  EXPECT_NEAR(standard.LogDensity(std::vector{1.0, 2.0}), -std::log(2.0 * M_PI * 2.0) - 1.0, 1e-9);
}

TEST(Mixture, DoesNotShrinkOntoOnePoint) {
  Points points = Around({{0.0, 0.0}}, 100);
  points.push_back({1000.0, 1000.0});
  const GaussianMixture mixture = FitMixture(points, 2, 0.05);
  for (const auto& variances : mixture.variances)
    EXPECT_GE(*std::min_element(variances.begin(), variances.end()), 0.05);
  EXPECT_TRUE(std::isfinite(mixture.LogDensity(std::vector{1e6, 0.0})));
}

}  // namespace
}  // namespace euphone
