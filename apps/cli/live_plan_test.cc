#include "live_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

LiveOptions WithText() {
  LiveOptions options;
  options.texts = {"I think so.", "You do not."};
  return options;
}

TEST(LivePlan, TheScreenHasOneItemForEachTextAndLinesHaveOneForAll) {
  const auto screen = MakeLivePlan(WithText(), {}, true);
  ASSERT_TRUE(screen);
  EXPECT_EQ(screen->mode, LiveMode::kScreen);
  EXPECT_THAT(screen->items, SizeIs(2));
  const auto lines = MakeLivePlan(WithText(), {}, false);
  ASSERT_TRUE(lines);
  EXPECT_EQ(lines->mode, LiveMode::kPlain);
  ASSERT_THAT(lines->items, SizeIs(1));
  EXPECT_EQ(lines->items[0].text, "I think so.\n\nYou do not.");
}

TEST(LivePlan, WhatWasAskedForOutranksTheTerminal) {
  LiveOptions options = WithText();
  options.events = true;
  EXPECT_EQ(MakeLivePlan(options, {}, true)->mode, LiveMode::kEvents);
}

TEST(LivePlan, AWakePhraseIsForCommands) {
  LiveOptions options = WithText();
  options.wake = "hey there";
  EXPECT_THAT(LiveContradiction(options), HasSubstr("--hands-free"));
  options.hands_free = true;
  EXPECT_EQ(LiveContradiction(options), "");
}

TEST(LivePlan, SaysWhatIsMissingAndWhatExcludesEachOther) {
  EXPECT_THAT(LiveContradiction({}), HasSubstr("--text"));
  EXPECT_EQ(LiveContradiction(WithText()), "");
  LiveOptions options = WithText();
  options.lesson = "everyday";
  EXPECT_THAT(LiveContradiction(options), HasSubstr("one of them"));
  options = WithText();
  options.events = options.plain = true;
  EXPECT_THAT(LiveContradiction(options), HasSubstr("exclude"));
  options = WithText();
  options.speed = 2.0;
  EXPECT_THAT(LiveContradiction(options), HasSubstr("--speed"));
  options.from = {"-"};
  EXPECT_THAT(LiveContradiction(options), HasSubstr("--speed 0 only"));
  options.speed = 0.0;
  EXPECT_EQ(LiveContradiction(options), "");
  options.rate = 8000;
  EXPECT_EQ(LiveContradiction(options), "");
  options.from = {"take.wav"};
  EXPECT_THAT(LiveContradiction(options), HasSubstr("--rate"));
  options.rate.reset();
  options.device = "USB";
  EXPECT_THAT(LiveContradiction(options), HasSubstr("--device"));
}

}  // namespace
}  // namespace euphone::cli
