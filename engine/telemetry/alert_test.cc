#include "telemetry/alert.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace euphone {
namespace {

constexpr AlertRule kRule = {
    .raise_at = 0.1, .raise_after = 60, .clear_below = 0.05, .clear_after = 300};

TEST(Alert, IsRaisedAfterItsTimeAndClearedAfterAnother) {
  AlertState state;
  state = NextAlert(kRule, state, 0.2, 1000);
  EXPECT_FALSE(state.raised);
  state = NextAlert(kRule, state, 0.2, 1060);
  EXPECT_TRUE(state.raised);
  EXPECT_EQ(state.since, 1060);
  state = NextAlert(kRule, state, 0.01, 1100);
  state = NextAlert(kRule, state, 0.01, 1399);
  EXPECT_TRUE(state.raised);
  state = NextAlert(kRule, state, 0.01, 1400);
  EXPECT_EQ(state, (AlertState{.raised = false, .since = 1400}));
}

TEST(Alert, StaysBetweenItsEdges) {
  AlertState state = NextAlert(kRule, {.raised = true, .since = 5}, 0.07, 10'000);
  EXPECT_TRUE(state.raised);
  EXPECT_FALSE(NextAlert(kRule, {}, 0.07, 10'000).turning.has_value());
}

TEST(Alert, ForgetsAValueThatCameBackInTime) {
  AlertState state = NextAlert(kRule, {}, 0.2, 1000);
  state = NextAlert(kRule, state, 0.09, 1030);
  state = NextAlert(kRule, state, 0.2, 1070);
  EXPECT_FALSE(state.raised);
}

TEST(Alert, IsNotMovedByNoNewsOrByAClockThatWasSetBack) {
  AlertState state = NextAlert(kRule, {}, 0.2, 1000);
  state = NextAlert(kRule, state, std::nullopt, 5000);
  EXPECT_FALSE(state.raised);
  state = NextAlert(kRule, state, 0.2, 10);
  EXPECT_FALSE(state.raised);
  EXPECT_TRUE(NextAlert(kRule, state, 0.2, 70).raised);
}

TEST(Alert, ChangesSeldomWhereAValueJittersAboutTheEdge) {
  Random random(7);
  AlertState state;
  int with = 0, without = 0;
  bool bare = false;
  for (int minute = 0; minute < 10'000; ++minute) {
    const double value = 0.1 + 0.04 * (random.Unit() - 0.5);
    const bool before = state.raised;
    state = NextAlert(kRule, state, value, minute * 60);
    with += before != state.raised ? 1 : 0;
    without += bare != (value >= 0.1) ? 1 : 0;
    bare = value >= 0.1;
  }
  EXPECT_EQ(with, 1);
  EXPECT_GT(without, 3000);
}

}  // namespace
}  // namespace euphone
