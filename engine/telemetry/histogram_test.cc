#include "telemetry/histogram.h"

#include <gtest/gtest.h>

#include <limits>

namespace euphone {
namespace {

TEST(Histogram, CountsAValueOnAnEdgeBelowIt) {
  Histogram scores(kScoreBounds);
  scores.Add(5.0);
  scores.Add(5.1);
  scores.Add(0.0);
  scores.Add(100.0);
  EXPECT_EQ(scores.counts()[0], 2u);
  EXPECT_EQ(scores.counts()[1], 1u);
  EXPECT_EQ(scores.counts().back(), 1u);
  EXPECT_EQ(scores.count(), 4u);
  EXPECT_DOUBLE_EQ(scores.sum(), 110.1);
}

TEST(Histogram, PassesOverWhatIsNoNumber) {
  Histogram scores(kScoreBounds);
  scores.Add(std::numeric_limits<double>::quiet_NaN());
  scores.Add(std::numeric_limits<double>::infinity());
  EXPECT_EQ(scores.count(), 0u);
  EXPECT_EQ(scores.sum(), 0.0);
}

TEST(Histogram, MergesToWhatOneWouldHaveCounted) {
  Histogram all(kLatencyBounds), even(kLatencyBounds), odd(kLatencyBounds);
  for (int i = 0; i < 1000; ++i) {
    const double value = i * 0.03125;
    all.Add(value);
    (i % 2 == 0 ? even : odd).Add(value);
  }
  even.Merge(odd);
  EXPECT_EQ(even, all);
}

TEST(Histogram, SaysWhereAShareLies) {
  Histogram scores(kScoreBounds);
  for (int i = 0; i < 100; ++i) scores.Add(i + 0.5);
  EXPECT_NEAR(scores.Quantile(0.5), 50.0, 1e-9);
  EXPECT_NEAR(scores.Quantile(0.12), 12.0, 1e-9);
  EXPECT_DOUBLE_EQ(scores.Quantile(0.99), 95.0);
  EXPECT_DOUBLE_EQ(Histogram(kScoreBounds).Quantile(0.5), 0.0);
}

}  // namespace
}  // namespace euphone
