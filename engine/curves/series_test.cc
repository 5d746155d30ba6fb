#include "curves/series.h"

#include <gtest/gtest.h>

#include <limits>

namespace euphone {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Series, LeavesOutWhatNoCurveCanHoldAndPutsTheRestInOrder) {
  std::size_t dropped = 0;
  const Series series = Cleaned({"a",
                                 {{.x = 3.0, .y = 1.0, .low = kNaN, .high = 2.0},
                                  {.x = 1.0, .y = kNaN},
                                  {.x = kNaN, .y = 1.0},
                                  {.x = 2.0, .y = 4.0},
                                  {.x = 2.5, .y = 4.0, .weight = 0.0},
                                  {.x = std::numeric_limits<double>::infinity(), .y = 1.0}}},
                                &dropped);
  ASSERT_EQ(series.points.size(), 2u);
  EXPECT_EQ(dropped, 4u);
  EXPECT_EQ(series.points[0].x, 2.0);
  EXPECT_FALSE(series.points[1].low);
  EXPECT_EQ(series.points[1].high, 2.0);
}

TEST(Series, MergesNeighboursByWeight) {
  const std::vector<CurvePoint> points{{.x = 0.0, .y = 10.0, .weight = 1.0},
                                       {.x = 4.0, .y = 30.0, .weight = 3.0},
                                       {.x = 9.0, .y = 7.0}};
  const auto merged = Merged(points, 2);
  ASSERT_EQ(merged.size(), 2u);
  EXPECT_DOUBLE_EQ(merged[0].y, 10.0);
  EXPECT_DOUBLE_EQ(merged[1].weight, 4.0);
  EXPECT_DOUBLE_EQ(merged[1].y, 24.25);
  EXPECT_EQ(Merged(points, 3).size(), 3u);
}

}  // namespace
}  // namespace euphone
