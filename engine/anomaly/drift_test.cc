#include "anomaly/drift.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace euphone {
namespace {

constexpr int kPerDay = 4;
constexpr DriftRule kRule{1.0, 2.0, true, true};

/// Takes of `count` days with noise of one unit, `kPerDay` a day.
struct Series {
  std::vector<double> values;
  std::vector<int> days;

  explicit Series(int count, unsigned seed = 3) {
    std::mt19937 generator(seed);
    for (int day = 0; day < count; ++day) {
      for (int take = 0; take < kPerDay; ++take) {
        double noise = -6.0;
        for (int i = 0; i < 12; ++i) noise += static_cast<double>(generator()) / 4294967296.0;
        values.push_back(noise);
        days.push_back(100 + day);
      }
    }
  }
  double& at(int day, int take) { return values[static_cast<std::size_t>(day * kPerDay + take)]; }
  std::optional<Drift> Find(const DriftRule& rule = kRule) const {
    return FindDrift(values, days, rule);
  }
  int DayOf(const Drift& drift) const { return days[drift.since] - 100; }
};

TEST(Drift, FindsAStepAndItsDay) {
  Series series(14);
  for (int day = 9; day < 14; ++day)
    for (int take = 0; take < kPerDay; ++take) series.at(day, take) -= 5.0;
  const auto drift = series.Find();
  ASSERT_TRUE(drift);
  EXPECT_EQ(series.DayOf(*drift), 9);
  EXPECT_NEAR(drift->change, -5.0, 1.2);
  EXPECT_FALSE(drift->gradual);
}

TEST(Drift, FindsASlopeAndTheDayItBegan) {
  Series series(20);
  for (int day = 8; day < 20; ++day)
    for (int take = 0; take < kPerDay; ++take) series.at(day, take) += 1.5 * (day - 7);
  const auto drift = series.Find();
  ASSERT_TRUE(drift);
  EXPECT_NEAR(series.DayOf(*drift), 8, 1);
  EXPECT_TRUE(drift->gradual);
  EXPECT_GT(drift->change, 14.0);
}

TEST(Drift, FindsNothingInNoise) {
  int alarms = 0;
  for (unsigned seed = 0; seed < 200; ++seed)
    if (Series(30, seed).Find()) ++alarms;
  EXPECT_LE(alarms, 1);
}

TEST(Drift, TakesNoNoticeOfOneOddDayOrTake) {
  Series series(14);
  series.at(10, 0) = 1000.0;
  series.at(12, 1) = 50.0;
  EXPECT_FALSE(series.Find());
}

TEST(Drift, TakesNoNoticeOfWhatIsOver) {
  Series series(20);
  for (int day = 5; day < 8; ++day)
    for (int take = 0; take < kPerDay; ++take) series.at(day, take) += 8.0;
  EXPECT_FALSE(series.Find());
}

TEST(Drift, LooksOnlyInTheDirectionsThatAreAsked) {
  Series series(14);
  for (int day = 9; day < 14; ++day)
    for (int take = 0; take < kPerDay; ++take) series.at(day, take) -= 5.0;
  EXPECT_FALSE(series.Find({1.0, 2.0, true, false}));
  EXPECT_TRUE(series.Find({1.0, 2.0, false, true}));
}

TEST(Drift, IsNoNewsWhereItIsSmall) {
  Series series(40);
  for (double& value : series.values) value *= 0.01;
  for (int day = 9; day < 40; ++day)
    for (int take = 0; take < kPerDay; ++take) series.at(day, take) += 1.0;
  EXPECT_FALSE(series.Find({0.02, 2.0, true, true}));
  EXPECT_TRUE(series.Find({0.02, 0.5, true, true}));
}

TEST(Drift, WaitsUntilTheFirstDaysAreOver) {
  EXPECT_EQ(FirstTakes({}), 0u);
  EXPECT_EQ(FirstTakes(std::vector{1, 1, 1, 1, 1, 1, 1, 1, 2, 2}), 0u);
  EXPECT_EQ(FirstTakes(std::vector{1, 1, 1, 1, 2, 2, 3, 3, 4}), 8u);
  EXPECT_EQ(FirstTakes(std::vector{1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9}), 10u);
  EXPECT_FALSE(FindDrift(std::vector{1.0, 2.0}, std::vector{1, 2}, kRule));
}

}  // namespace
}  // namespace euphone
