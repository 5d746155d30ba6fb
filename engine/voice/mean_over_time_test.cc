#include "voice/mean_over_time.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace euphone {
namespace {

constexpr CorrelationFrame::Grid kGrid{.first_s = 1.0, .step_s = 0.1, .frames = 4};
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(MeanOverTime, FollowsAStraightLineToWhereverTheRangeEnds) {
  const std::vector<double> values{10.0, 20.0, 30.0, 40.0};
  EXPECT_NEAR(MeanOverTime(kGrid, values, {1.0, 1.3}).value_or(0.0), 25.0, 1e-9);
  EXPECT_NEAR(MeanOverTime(kGrid, values, {1.02, 1.07}).value_or(0.0), 14.5, 1e-9);
  EXPECT_NEAR(MeanOverTime(kGrid, values, {1.24, 1.26}).value_or(0.0), 35.0, 1e-9);
}

TEST(MeanOverTime, StaysLevelForHalfAStepBesideWhatIsMissing) {
  const std::vector<double> values{10.0, 20.0, kNone, 40.0};
  EXPECT_NEAR(MeanOverTime(kGrid, values, {0.0, 1.0}).value_or(0.0), 10.0, 1e-9);
  EXPECT_NEAR(MeanOverTime(kGrid, values, {1.1, 1.2}).value_or(0.0), 20.0, 1e-9);
  // Half a step of 20, half a step of 40 on both sides of it; the gap does not count.
  EXPECT_NEAR(MeanOverTime(kGrid, values, {1.1, 2.0}).value_or(0.0), 100.0 / 3.0, 1e-9);
}

TEST(MeanOverTime, IsNothingWhereNothingIs) {
  const std::vector<double> values{10.0, kNone, kNone, 40.0};
  EXPECT_FALSE(MeanOverTime(kGrid, values, {1.06, 1.24}).has_value());
  EXPECT_FALSE(MeanOverTime(kGrid, values, {2.0, 3.0}).has_value());
  EXPECT_FALSE(MeanOverTime(kGrid, {}, {0.0, 3.0}).has_value());
}

}  // namespace
}  // namespace euphone
