#include "store/learner_curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/days.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

using fixture::Document;
using fixture::TakeOf;
using ::testing::ElementsAre;

class LearnerCurveTest : public fixture::StoreTest {
 protected:
  void Say(std::int64_t day, const std::vector<std::string>& sounds, double total) {
    const auto take = TakeOf(learner_, day * kDayMs, "Think.", Document({"Think"}, sounds, total));
    ASSERT_TRUE(AddTake(store_, take, {}, SampleRate{16000}));
  }

  LearnerId learner_ = Learner("Ana");
};

TEST_F(LearnerCurveTest, CountsTakesInTheOrderInWhichTheyWereSaid) {
  Say(3, {"TH:80"}, 70);
  Say(1, {"TH:20:S", "TH:40"}, 40);  // Kept later, said before.
  Say(3, {"R:50"}, 90);
  const Series all = LearnerSeries(store_, learner_).value();
  ASSERT_EQ(all.points.size(), 3u);
  EXPECT_DOUBLE_EQ(all.points[0].y, 40);
  EXPECT_DOUBLE_EQ(all.points[0].x, 0.5);
  EXPECT_EQ(all.points[0].label, "1970-01-02");
  EXPECT_DOUBLE_EQ(all.points[2].x, 2.5);
  const Series th = LearnerSeries(store_, learner_, "TH").value();
  ASSERT_EQ(th.points.size(), 2u);
  EXPECT_DOUBLE_EQ(th.points[0].y, 30) << "the mean of the take's two";
  EXPECT_THAT(ScoredSounds(store_, learner_).value(), ElementsAre("TH", "R"));
}

TEST_F(LearnerCurveTest, DaysAreTheMeansOfTheirTakes) {
  for (const double total : {40.0, 60.0}) Say(1, {"TH:20"}, total);
  for (const double total : {70.0, 80.0, 90.0}) Say(2, {"TH:20"}, total);
  const Series days = LearnerSeries(store_, learner_, {}, {}, CurveStep::kDay).value();
  ASSERT_EQ(days.points.size(), 2u);
  EXPECT_DOUBLE_EQ(days.points[1].x, 3.5);
  EXPECT_DOUBLE_EQ(days.points[1].y, 80);
  EXPECT_DOUBLE_EQ(days.points[1].weight, 3);
  EXPECT_EQ(LearnerSeries(store_, learner_).value().points.size(), 5u) << "too few days: takes";
}

TEST_F(LearnerCurveTest, WhatWasBeforeADayIsCountedButNoPoint) {
  for (std::int64_t day = 0; day < 10; ++day) Say(day, {"TH:20"}, 50);
  const Series late = LearnerSeries(store_, learner_, {}, 2).value();
  ASSERT_EQ(late.points.size(), 8u);
  EXPECT_DOUBLE_EQ(late.points[0].x, 2.5);
}

TEST_F(LearnerCurveTest, OfNobodyThereIsNothing) {
  EXPECT_TRUE(LearnerSeries(store_, learner_).value().points.empty());
  EXPECT_TRUE(ScoredSounds(store_, learner_).value().empty());
  EXPECT_EQ(LearnerSeries(store_, LearnerId{99}).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
