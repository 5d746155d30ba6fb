#include "curves/plateau.h"

#include <gtest/gtest.h>

#include "curves/synthetic_learner_fixture.h"

namespace euphone {
namespace {

using fixture::PointsOf;
using fixture::SyntheticLearner;

std::optional<Plateau> Found(const std::vector<CurvePoint>& points) {
  return FindPlateau(points, FitCurve(points));
}

/// Share of 200 learners of whom a plateau is claimed.
double Claimed(const SyntheticLearner& learner) {
  int claimed = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    claimed += Found(PointsOf(learner, 500 + seed)).has_value();
  return claimed / 200.0;
}

// By hand: of 1 3 2 4, five pairs rise and one falls; S = 4, variance 26 / 3.
TEST(Trend, IsThatOfMannAndKendall) {
  std::vector<CurvePoint> points;
  for (const double y : {1.0, 3.0, 2.0, 4.0}) points.push_back({.x = 0.0, .y = y});
  EXPECT_NEAR(TrendOf(points).z, 3.0 / std::sqrt(26.0 / 3.0), 1e-12);
  EXPECT_NEAR(TrendOf(points).rises, 0.1541, 0.0001);
}

// Of 1 1 2, two pairs rise; the variance is (3·2·11 − 2·1·9) / 18.
TEST(Trend, CountsTiesAsKendallDoes) {
  std::vector<CurvePoint> points;
  for (const double y : {1.0, 1.0, 2.0}) points.push_back({.x = 0.0, .y = y});
  EXPECT_NEAR(TrendOf(points).z, 1.0 / std::sqrt(48.0 / 18.0), 1e-12);
  for (CurvePoint& point : points) point.y = 5.0;
  EXPECT_EQ(TrendOf(points).z, 0.0);
  EXPECT_EQ(TrendOf({}).z, 0.0);
}

TEST(Plateau, IsSeenWhereALearnerStopsToLearn) {
  // After 60 practices of 320 nearly all is learnt.
  EXPECT_GE(Claimed({.truth = {CurveShape::kExponential, 80.0, -40.0, 0.05}, .days = 40}), 0.8);
  EXPECT_GE(Claimed({.truth = {CurveShape::kPower, 70.0, 0.0, 0.4}, .days = 40}), 0.8);
}

TEST(Plateau, IsSeldomClaimedWhereALearnerStillLearns) {
  EXPECT_LE(Claimed({.truth = {CurveShape::kExponential, 90.0, -50.0, 0.006}, .days = 30}), 0.05);
  EXPECT_LE(Claimed({.truth = {CurveShape::kPower, 100.0, -60.0, 0.3}, .noise = 4.0}), 0.05);
}

TEST(Plateau, TellsSinceWhenAndAtWhichLevel) {
  auto points = PointsOf({.days = 40, .noise = 0.0}, 1);
  for (std::size_t i = 0; i < 40; ++i)
    points[i].y = i < 12 ? 40.0 + 3.0 * static_cast<double>(i) : 76.0;
  const auto plateau = Found(points);
  ASSERT_TRUE(plateau);
  EXPECT_GE(plateau->points, 25u);
  EXPECT_NEAR(plateau->mean, 76.0, 1.0);
  EXPECT_EQ(plateau->from_x, points[40 - plateau->points].x);
}

TEST(Plateau, IsNotLookedForInAFewPointsOrWhereItGetsWorse) {
  EXPECT_FALSE(Found(PointsOf({.days = 9, .noise = 0.0}, 1)));
  EXPECT_FALSE(Found(PointsOf({.truth = {CurveShape::kPower, 40.0, 45.0, 0.4}}, 1)));
  EXPECT_FALSE(Found({}));
}

}  // namespace
}  // namespace euphone
