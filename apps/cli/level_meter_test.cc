#include "level_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(LevelMeterTest, ShowsTimeStepsAndDecibels) {
  EXPECT_EQ(MeterLine(3.9, 0.125), "● 0:03  ▮▮▮▮▮▮▮▮▮▯▯▯  -18 dB");
  EXPECT_EQ(MeterLine(75.0, 0.0), "● 1:15  ▯▯▯▯▯▯▯▯▯▯▯▯  -99 dB");
}

TEST(LevelMeterTest, SaysWhenItIsTooLoud) {
  EXPECT_EQ(MeterLine(0.0, 1.0), "● 0:00  ▮▮▮▮▮▮▮▮▮▮▮▮    0 dB  too loud");
  EXPECT_THAT(MeterLine(0.0, 0.9), Not(HasSubstr("too loud")));
}

}  // namespace
}  // namespace euphone::cli
