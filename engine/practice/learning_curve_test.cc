#include "practice/learning_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace euphone {
namespace {

/// Twelve takes a day on a curve, with noise of so many points on each day's mean.
std::vector<PractisedDay> Days(int count, double top, double gap, double rate, double noise = 0.0) {
  std::mt19937 random(7);
  std::normal_distribution<double> error(0.0, 1.0);
  std::vector<PractisedDay> days;
  for (int i = 0; i < count; ++i) {
    const double before = 12.0 * i + 6.0;
    days.push_back({before, top - gap * std::pow(before + 1.0, -rate) + noise * error(random), 12});
  }
  return days;
}

TEST(LearningCurve, FindsTheCurveThatDaysLieOn) {
  const auto curve = FitLearningCurve(Days(20, 85.0, 40.0, 0.3), 120.0);
  ASSERT_TRUE(curve);
  EXPECT_NEAR(curve->top, 85.0, 0.01);
  EXPECT_NEAR(curve->gap, 40.0, 0.01);
  EXPECT_NEAR(curve->rate, 0.3, 0.001);
  EXPECT_NEAR(curve->later.score, 85.0 - 40.0 * std::pow(361.0, -0.3), 0.01);
  EXPECT_GT(curve->later.score, curve->now.score);
}

TEST(LearningCurve, PredictsWithinItsErrorAndSaysHowSureItIs) {
  const auto curve = FitLearningCurve(Days(40, 85.0, 50.0, 0.3, 3.0), 240.0);
  ASSERT_TRUE(curve);
  const double truth = 85.0 - 50.0 * std::pow(721.0, -0.3);
  EXPECT_NEAR(curve->later.score, truth, 3.0 * curve->later.error + 1.0);
  EXPECT_GT(curve->later.error, 0.0);
  EXPECT_LT(curve->later.error, 5.0);
}

TEST(LearningCurve, ClaimsNothingOfFewDays) {
  EXPECT_FALSE(FitLearningCurve(Days(4, 85.0, 40.0, 0.3), 1.0));
  EXPECT_FALSE(FitLearningCurve({}, 1.0));
  auto few = Days(6, 85.0, 40.0, 0.3);
  for (PractisedDay& day : few) day.takes = 2.0;
  EXPECT_FALSE(FitLearningCurve(few, 1.0));
}

TEST(LearningCurve, ClaimsNothingOfNoiseOrOfScoresThatFall) {
  EXPECT_FALSE(FitLearningCurve(Days(20, 70.0, 0.0, 0.3, 4.0), 10.0));
  EXPECT_FALSE(FitLearningCurve(Days(20, 60.0, -30.0, 0.3), 10.0));
}

TEST(LearningCurve, NeverLeavesTheScale) {
  const auto curve = FitLearningCurve(Days(20, 99.0, 90.0, 0.5), 100000.0);
  ASSERT_TRUE(curve);
  EXPECT_LE(curve->later.score, 100.0);
  EXPECT_GE(curve->At(0.0), 0.0);
}

}  // namespace
}  // namespace euphone
