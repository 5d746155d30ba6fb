#include "anomaly/detector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace euphone {
namespace {

using Change = Alarm::Change;

constexpr std::size_t kColumns = 6;

/// A machine with two ways of running: noise around 0, and around 8 in its first column.
Matrix Normal(std::size_t rows, unsigned seed = 1) {
  std::mt19937 generator(seed);
  const auto noise = [&] {
    double sum = -6.0;  // of twelve uniform numbers: nearly normal, the same everywhere
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(generator()) / 4294967296.0;
    return sum;
  };
  Matrix data{rows, kColumns, {}};
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < kColumns; ++c)
      data.values.push_back(static_cast<float>(noise() + (c == 0 && r % 2 == 0 ? 8.0 : 0.0)));
  return data;
}

const std::vector<double> kLeast(kColumns, 0.01);

Detector Learned(DetectorKind kind) {
  DetectorConfig config;
  config.kind = kind;
  auto detector = Learn(Normal(600), kLeast, config);
  EXPECT_TRUE(detector);
  return *std::move(detector);
}

class DetectorTest : public testing::TestWithParam<DetectorKind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, DetectorTest,
                         testing::Values(DetectorKind::kKmeans, DetectorKind::kMixture));

TEST_P(DetectorTest, CallsFewNewNormalWindowsStrange) {
  const Detector detector = Learned(GetParam());
  const Matrix fresh = Normal(2000, 99);
  std::size_t above = 0;
  for (std::size_t r = 0; r < fresh.rows; ++r)
    if (detector.Score(fresh.row(r)) > detector.threshold) ++above;
  EXPECT_LT(above, 40u);  // 10 are expected by the quantile
}

TEST_P(DetectorTest, CallsAWindowStrangeThatLiesBetweenTwoNormalOnesOrFarOff) {
  const Detector detector = Learned(GetParam());
  const std::vector<float> between{4.0f, 4.0f, -4.0f, 4.0f, 0.0f, 0.0f};
  const std::vector<float> far{0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 12.0f};
  EXPECT_GT(detector.Score(between), detector.threshold);
  EXPECT_GT(detector.Score(far), detector.threshold);
}

TEST_P(DetectorTest, SaysWhichFeatureMadeAWindowStrangeAndInWhichDirection) {
  const Detector detector = Learned(GetParam());
  const auto reasons = Explain(detector, std::vector{8.0f, 0.0f, -15.0f, 0.0f, 5.0f, 0.0f}, 2);
  ASSERT_EQ(reasons.size(), 2u);
  EXPECT_EQ(reasons[0].feature, 2u);
  EXPECT_LT(reasons[0].deviation, -5.0);
  EXPECT_EQ(reasons[1].feature, 4u);
  EXPECT_GT(reasons[1].deviation, 2.0);
  EXPECT_GT(reasons[0].share, reasons[1].share);
  EXPECT_LE(reasons[0].share + reasons[1].share, 1.0);
}

TEST_P(DetectorTest, LearnsAThresholdUnderWhichNormalRunningThatWandersHardlyRaisesAlarms) {
  const auto wandering = [](std::size_t rows, unsigned seed) {
    Matrix data = Normal(rows, seed);
    for (std::size_t r = 0; r < rows; ++r)  // for ten windows in a hundred, all is another load
      for (std::size_t c = 0; c < kColumns; ++c)
        if (r % 100 < 10) data.values[r * kColumns + c] += 4.0f;
    return data;
  };
  DetectorConfig config;
  config.kind = GetParam();
  config.clusters = 1;
  config.quantile = 0.9;
  const auto detector = Learn(wandering(1000, 1), kLeast, config);
  ASSERT_TRUE(detector);
  const auto alarms = [&](const Matrix& windows) {
    Alarm alarm(config.alarm);
    int begun = 0;
    for (std::size_t r = 0; r < windows.rows; ++r)
      if (alarm.Push(detector->Score(windows.row(r)) > detector->threshold) == Change::kBegins)
        ++begun;
    return begun;
  };
  EXPECT_EQ(alarms(wandering(1000, 1)), 0);
  EXPECT_LE(alarms(wandering(1000, 99)), 2);  // by the quantile alone: each of ten times
}

TEST_P(DetectorTest, LearnsTheSameEveryTime) {
  EXPECT_EQ(Learned(GetParam()).threshold, Learned(GetParam()).threshold);
}

TEST(Detector, NeedsEnoughToLearnFrom) {
  const auto detector = Learn(Normal(kFewestWindows - 1), kLeast, {});
  ASSERT_FALSE(detector);
  EXPECT_EQ(detector.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(detector.error().message, testing::HasSubstr("29 windows"));
  EXPECT_TRUE(Learn(Normal(kFewestWindows), kLeast, {}));
}

std::vector<Change> Changes(AlarmRule rule, const std::vector<bool>& above) {
  Alarm alarm(rule);
  std::vector<Change> changes;
  for (const bool is_above : above) changes.push_back(alarm.Push(is_above));
  return changes;
}

TEST(Alarm, TakesNoNoticeOfBlips) {
  EXPECT_THAT(Changes({3, 5}, {true, false, false, true, false, false, false, true, true, false}),
              testing::Each(Change::kNone));
}

TEST(Alarm, BeginsOnceWithEnoughHitsAndEndsWhenNoneIsLeft) {
  const auto changes =
      Changes({2, 3}, {true, true, true, false, true, false, false, false, false, true, true});
  using enum Alarm::Change;
  EXPECT_THAT(changes, testing::ElementsAre(kNone, kBegins, kNone, kNone, kNone, kNone, kNone,
                                            kEnds, kNone, kNone, kBegins));
}

}  // namespace
}  // namespace euphone
