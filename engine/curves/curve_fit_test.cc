#include "curves/curve_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "curves/synthetic_learner_fixture.h"

namespace euphone {
namespace {

using fixture::PointsOf;
using fixture::SyntheticLearner;

constexpr double kNever = std::numeric_limits<double>::infinity();

SyntheticLearner Exact(CurveParameters truth) { return {.truth = truth, .noise = 0.0}; }

TEST(CurveFit, FindsThePowerLawThatPointsLieOn) {
  const auto fit = FitCurve(PointsOf(Exact({CurveShape::kPower, 88.0, -50.0, 0.35}), 1)).fit;
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->curve.shape, CurveShape::kPower);
  EXPECT_NEAR(fit->curve.limit, 88.0, 0.1);
  EXPECT_NEAR(fit->curve.gap, -50.0, 0.1);
  EXPECT_NEAR(fit->curve.rate, 0.35, 0.001);
  EXPECT_DOUBLE_EQ(fit->now, 240.0);
  EXPECT_LT(fit->power, fit->exponential);
}

TEST(CurveFit, FindsTheExponentialAndSaysSo) {
  const auto fit = FitCurve(PointsOf(Exact({CurveShape::kExponential, 80.0, -40.0, 0.02}), 1)).fit;
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->curve.shape, CurveShape::kExponential);
  EXPECT_NEAR(fit->curve.limit, 80.0, 0.01);
  EXPECT_NEAR(fit->curve.gap, -40.0, 0.01);
  EXPECT_NEAR(fit->curve.rate, 0.02, 0.0001);
}

TEST(CurveFit, FollowsALossThatFalls) {
  const CurveScale loss{.better = Better::kLower, .best = 0.0, .worst = 100.0};
  const auto fit = FitCurve(PointsOf(Exact({CurveShape::kPower, 0.5, 3.0, 0.6}), 1), loss).fit;
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->curve.limit, 0.5, 0.01);
  EXPECT_NEAR(fit->curve.rate, 0.6, 0.01);
  EXPECT_GT(fit->GainIn(100.0).value, 0.0);
}

/// Of many learners on the same curve: in how many the interval holds the truth, so far ahead.
double Coverage(const SyntheticLearner& learner, double ahead, int draws) {
  int fits = 0, holds = 0;
  for (int i = 0; i < draws; ++i) {
    const auto fit = FitCurve(PointsOf(learner, static_cast<std::uint64_t>(1000 + i))).fit;
    if (!fit) continue;
    const double x = fit->now + ahead;
    const CurveValue told = fit->At(x);
    ++fits;
    holds += told.low <= learner.truth.At(x) && learner.truth.At(x) <= told.high;
  }
  EXPECT_GT(fits, draws / 2);
  return static_cast<double>(holds) / static_cast<double>(fits);
}

TEST(CurveFit, OfAHundredIntervalsNinetyFiveOrSoHoldTheTruth) {
  for (const auto shape : {CurveShape::kPower, CurveShape::kExponential}) {
    SyntheticLearner learner{.truth = {shape, 85.0, -45.0, 0.4}};
    if (shape == CurveShape::kExponential) learner.truth.rate = 0.015;
    for (const std::size_t days : {std::size_t{12}, std::size_t{30}}) {
      learner.days = days;
      for (const double ahead : {0.0, 20.0, 100.0}) {
        const double share = Coverage(learner, ahead, 300);
        EXPECT_GE(share, 0.90) << "days " << days << ", ahead " << ahead;
      }
    }
  }
}

TEST(CurveFit, AnIntervalHoldsItsCurveAndIsWiderFurtherAhead) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto fit = FitCurve(PointsOf({}, seed)).fit;
    ASSERT_TRUE(fit);
    const CurveValue now = fit->At(fit->now), later = fit->At(fit->now + 1000.0);
    EXPECT_LE(now.low, now.value);
    EXPECT_GE(now.high, now.value);
    EXPECT_GT(later.high - later.low, now.high - now.low);
    EXPECT_GE(later.low, 0.0);
    EXPECT_LE(later.high, 100.0);
  }
}

TEST(CurveFit, SaysWhenAScoreIsReachedOrThatItMayNeverBe) {
  const auto fit = FitCurve(PointsOf({}, 3)).fit;
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->Until(60.0).high, 0.0) << "it is there already";
  const CurveWait soon = fit->Until(fit->curve.At(fit->now + 40.0));
  EXPECT_LE(soon.low, 40.0);
  EXPECT_GE(soon.high, 40.0);
  EXPECT_EQ(fit->Until(99.9).high, kNever);
  EXPECT_EQ(fit->Until(101.0).low, kNever);
}

TEST(CurveFit, ClaimsNothingOfTooFewPointsOrPractices) {
  EXPECT_EQ(FitCurve({}).why, NoCurve::kTooFew);
  const auto one = FitCurve(PointsOf({.days = 1}, 1));
  EXPECT_EQ(one.why, NoCurve::kTooFew);
  EXPECT_DOUBLE_EQ(one.mean.low, one.mean.value);
  EXPECT_EQ(FitCurve(PointsOf({.days = kFewestPoints - 1}, 1)).why, NoCurve::kTooFew);
  EXPECT_EQ(FitCurve(PointsOf({.days = 9, .practices = 2.0}, 1)).why, NoCurve::kTooFew);
  auto at_once = PointsOf({}, 1);
  for (CurvePoint& point : at_once) point.x = 4.0;
  EXPECT_EQ(FitCurve(at_once).why, NoCurve::kTooFew);
}

TEST(CurveFit, ClaimsNoCurveWhereNothingChangesOrItGetsWorse) {
  auto same = PointsOf({}, 1);
  for (CurvePoint& point : same) point.y = 70.0;
  EXPECT_EQ(FitCurve(same).why, NoCurve::kNoChange);
  EXPECT_DOUBLE_EQ(FitCurve(same).mean.value, 70.0);
  int claimed = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    claimed +=
        FitCurve(PointsOf({.truth = {CurveShape::kPower, 70.0, 0.0, 0.4}}, seed)).fit.has_value();
  }
  EXPECT_LE(claimed, 20) << "of 200 learners who learn nothing";
  EXPECT_EQ(FitCurve(PointsOf({.truth = {CurveShape::kPower, 40.0, 45.0, 0.4}}, 1)).why,
            NoCurve::kWorse);
}

TEST(CurveFit, HugeAndManyNumbersAreFitted) {
  auto many = PointsOf({.days = 20000, .practices = 1.0}, 1);
  const auto fit = FitCurve(many).fit;
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->points, 20000u);
  EXPECT_NEAR(fit->curve.limit, 85.0, 3.0);
  EXPECT_NEAR(fit->spread, 8.0, 0.8);
  for (CurvePoint& point : many) point.x *= 1e9, point.weight *= 1e9;
  const auto huge = FitCurve(many);
  ASSERT_TRUE(huge.fit);
  EXPECT_TRUE(std::isfinite(huge.fit->At(huge.fit->now).value));
}

TEST(CurveFit, SameDataSameSeedSameDraws) {
  const auto a = FitCurve(PointsOf({}, 1)).fit, b = FitCurve(PointsOf({}, 1)).fit;
  const auto c = FitCurve(PointsOf({}, 1), {.seed = 2}).fit;
  EXPECT_EQ(a->At(500.0).low, b->At(500.0).low);
  EXPECT_EQ(a->curve.At(500.0), c->curve.At(500.0));
  EXPECT_NEAR(a->At(500.0).low, c->At(500.0).low, 0.5);
}

}  // namespace
}  // namespace euphone
