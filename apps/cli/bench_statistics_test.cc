#include "bench_statistics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace euphone::cli {
namespace {

std::vector<double> Around(double middle, double spread, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(middle * (1.0 + spread * (random.Unit() - 0.5)));
  return values;
}

TEST(BenchStatistics, QuantilesLieInTheirIntervalsAndAreThoseOfTheValues) {
  const Interval median = QuantileOf({5, 1, 4, 2, 3}, 0.5);
  EXPECT_EQ(median.value, 3);
  EXPECT_LE(median.low, median.value);
  EXPECT_GE(median.high, median.value);
  const Interval single = QuantileOf({7}, 0.9);
  EXPECT_EQ(single.low, 7);
  EXPECT_EQ(single.high, 7);
}

TEST(BenchStatistics, OfFewValuesNoNinetyNinthPercentileIsClaimed) {
  EXPECT_FALSE(SpreadOf(Around(10, 0.2, 99, 1)).p99);
  const Spread spread = SpreadOf(Around(10, 0.2, 100, 1));
  ASSERT_TRUE(spread.p99);
  EXPECT_LE(spread.least, spread.p50.value);
  EXPECT_LE(spread.p50.value, spread.p90.value);
  EXPECT_LE(spread.p90.value, spread.p99->value);
  EXPECT_LE(spread.p99->value, spread.most);
}

TEST(BenchStatistics, TwoOfTheSameKindDoNotDiffer) {
  const Ratio ratio = RatioOf(Around(10, 0.2, 40, 1), Around(10, 0.2, 40, 2));
  EXPECT_EQ(ratio.verdict, Comparison::kNoDifference);
  EXPECT_NEAR(ratio.ratio.value, 1.0, 0.1);
}

TEST(BenchStatistics, WhatTakesLessTimeIsFasterAndTheOtherWayRoundSlower) {
  const auto slow = Around(10, 0.1, 20, 1), quick = Around(8, 0.1, 20, 2);
  EXPECT_EQ(RatioOf(slow, quick).verdict, Comparison::kFaster);
  EXPECT_EQ(RatioOf(quick, slow).verdict, Comparison::kSlower);
}

TEST(BenchStatistics, ADifferenceThatNobodyNoticesIsNone) {
  EXPECT_EQ(RatioOf(Around(10, 0.001, 30, 1), Around(10.1, 0.001, 30, 2)).verdict,
            Comparison::kNoDifference);
}

TEST(BenchStatistics, FourPairsDecideNothing) {
  EXPECT_EQ(RatioOf({10, 10, 10, 10}, {5, 5, 5, 5}).verdict, Comparison::kNoDifference);
}

}  // namespace
}  // namespace euphone::cli
