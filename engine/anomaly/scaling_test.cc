#include "anomaly/scaling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace euphone {
namespace {

using testing::ElementsAre;

TEST(RunningMoments, KeepTheVarianceOfSmallDifferencesOfLargeNumbers) {
  RunningMoments moments;
  for (const double value : {4.0, 7.0, 13.0, 16.0}) moments.Add(1e9 + value);
  EXPECT_EQ(moments.count(), 4);
  EXPECT_NEAR(moments.mean(), 1e9 + 10.0, 1e-6);
  EXPECT_NEAR(moments.variance(), 30.0, 1e-6);
}

TEST(RunningMoments, HaveNoVarianceBeforeTheSecondNumber) {
  RunningMoments moments;
  EXPECT_EQ(moments.variance(), 0.0);
  moments.Add(5.0);
  EXPECT_EQ(moments.variance(), 0.0);
}

TEST(Quantile, LiesBetweenItsNeighboursInProportion) {
  EXPECT_DOUBLE_EQ(QuantileOf({4.0, 1.0, 2.0, 3.0}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(QuantileOf({4.0, 1.0, 2.0, 3.0}, 1.0), 4.0);
  EXPECT_DOUBLE_EQ(QuantileOf({7.0}, 0.995), 7.0);
}

TEST(Scaling, BringsFeaturesToMeanZeroAndVarianceOne) {
  const Matrix data{4, 2, {1, 100, 2, 200, 3, 300, 4, 400}};
  const Scaling scaling = FitScaling(data, ScalingKind::kStandard, std::vector{0.0, 0.0});
  EXPECT_THAT(scaling.center, ElementsAre(2.5, 250.0));
  EXPECT_NEAR(scaling.scale[0], std::sqrt(5.0 / 3.0), 1e-9);
  const auto scaled = scaling.Apply(data.row(3));
  EXPECT_NEAR(scaled[0], scaled[1], 1e-9);
}

TEST(Scaling, IsNotMovedByAnOutlierWhenRobust) {
  Matrix data{0, 1, {}};
  for (int i = 0; i < 99; ++i) data.values.push_back(static_cast<float>(i % 11));
  data.values.push_back(1e6f);
  data.rows = data.values.size();
  const Scaling robust = FitScaling(data, ScalingKind::kRobust, std::vector{0.0});
  EXPECT_NEAR(robust.center[0], 5.0, 0.1);
  EXPECT_NEAR(robust.scale[0], 1.4826 * 3.0, 0.1);
  EXPECT_GT(FitScaling(data, ScalingKind::kStandard, std::vector{0.0}).scale[0], 1e4);
}

TEST(Scaling, DoesNotTakeRoundingForVariation) {
  const Matrix data{3, 2, {1.0f, 50.0f, 1.0f, 50.0f, 1.00001f, 50.0f}};
  const Scaling scaling = FitScaling(data, ScalingKind::kRobust, std::vector{0.1, 0.0});
  EXPECT_DOUBLE_EQ(scaling.scale[0], 0.1);
  EXPECT_DOUBLE_EQ(scaling.scale[1], 0.05);
}

}  // namespace
}  // namespace euphone
