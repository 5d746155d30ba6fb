#include "anomaly/sensor_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SensorTable Table(std::string_view header, const SensorColumns& columns = {}) {
  auto table = SensorTable::Create(header, columns);
  EXPECT_TRUE(table) << table.error().message;
  return *std::move(table);
}

std::string Refusal(std::string_view header, std::string_view line) {
  SensorTable table = Table(header);
  const auto reading = table.Read(line);
  EXPECT_FALSE(reading) << line;
  return reading ? "" : reading.error().message;
}

TEST(SensorTable, ReadsNumbersByTheNamesOfTheirColumns) {
  SensorTable table = Table("time,x,y");
  EXPECT_THAT(table.channels(), ElementsAre("x", "y"));
  const auto reading = table.Read("0.5, -1.25 ,+3e-2\r");
  ASSERT_TRUE(reading && *reading);
  EXPECT_EQ((*reading)->time_s, 0.5);
  EXPECT_THAT((*reading)->values, ElementsAre(-1.25f, 0.03f));
}

TEST(SensorTable, TakesTheChannelsThatAreAskedForInTheirOrder) {
  SensorTable table = Table("\"stamp\";a;b;c", {{"c", "a"}, true, "stamp"});
  const auto reading = table.Read("7;1;2;3");
  ASSERT_TRUE(reading && *reading);
  EXPECT_EQ((*reading)->time_s, 7.0);
  EXPECT_THAT((*reading)->values, ElementsAre(3.0f, 1.0f));
}

TEST(SensorTable, KnowsTabsAByteOrderMarkAndEmptyLines) {
  SensorTable table = Table("\xEF\xBB\xBFTime\tx");
  EXPECT_TRUE(table.has_time());
  const auto empty = table.Read("  ");
  ASSERT_TRUE(empty);
  EXPECT_FALSE(*empty);
  EXPECT_TRUE(*table.Read("1\t2"));
}

TEST(SensorTable, LeavesTheTimeAloneWhereTheRateIsKnown) {
  SensorTable table = Table("timestamp,x", {{}, false, ""});
  EXPECT_FALSE(table.has_time());
  EXPECT_THAT(table.channels(), ElementsAre("x"));
  EXPECT_TRUE(*table.Read("2025-11-12T10:00:00,2"));
}

TEST(SensorTable, NamesLineAndColumnOfWhatIsNoNumber) {
  EXPECT_THAT(Refusal("t,x", "1,"), HasSubstr("line 2: column 'x' is empty"));
  EXPECT_THAT(Refusal("t,x", "1,NaN"), HasSubstr("line 2: column 'x' holds 'NaN'"));
  EXPECT_THAT(Refusal("t,x", "1,-inf"), HasSubstr("holds '-inf'"));
  EXPECT_THAT(Refusal("t,x", "1,off"), HasSubstr("'off', which is no number"));
  EXPECT_THAT(Refusal("t,x", "1,1.5g"), HasSubstr("'1.5g', which is no number"));
  EXPECT_THAT(Refusal("t,x", "1,1e39"), HasSubstr("1e39"));
  EXPECT_THAT(Refusal("t,x", "10:00,1"), HasSubstr("column 't' holds '10:00'"));
  EXPECT_THAT(Refusal("t,x", "1,\x1b[31m"), HasSubstr("line 2: this is no text"));
  EXPECT_THAT(Refusal("t,x", "1,2,3"), HasSubstr("3 cells, but line 1 names 2"));
  EXPECT_THAT(Refusal("t,x", "1"), HasSubstr("1 cells"));
}

TEST(SensorTable, CountsEmptyLines) {
  SensorTable table = Table("t,x");
  EXPECT_TRUE(table.Read(""));
  EXPECT_TRUE(table.Read("1,2"));
  const auto wrong = table.Read("2,?");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("line 4"));
}

TEST(SensorTable, WantsAHeaderWithNamesThatAreThere) {
  EXPECT_THAT(SensorTable::Create("0.1,0.2", {}).error().message, HasSubstr("name the columns"));
  EXPECT_THAT(SensorTable::Create("", {}).error().message, HasSubstr("name the columns"));
  EXPECT_THAT(SensorTable::Create("t,x", {{"z"}, true, ""}).error().message,
              HasSubstr("no column 'z'; there are t, x"));
  EXPECT_THAT(SensorTable::Create("t,x", {{}, true, "clock"}).error().message,
              HasSubstr("no column 'clock'"));
  EXPECT_THAT(SensorTable::Create("time", {}).error().message, HasSubstr("no column but the time"));
}

TEST(SensorTable, RefusesARecordingThatIsTakenForATable) {
  const auto table = SensorTable::Create("RIFF\x01\x02,x", {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().code, Errc::kCorrupt);
  EXPECT_THAT(table.error().message, HasSubstr("line 1: this is no text"));
}

TEST(RateOf, IsThatOfTheMiddleDistance) {
  EXPECT_DOUBLE_EQ(*RateOf(std::vector{0.0, 0.5, 1.0, 7.0, 7.5}), 2.0);
  EXPECT_FALSE(RateOf(std::vector{1.0}));
  EXPECT_FALSE(RateOf(std::vector{1.0, 1.0, 1.0}));
}

}  // namespace
}  // namespace euphone
