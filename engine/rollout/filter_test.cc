#include <gtest/gtest.h>

#include "base/random.h"
#include "rollout/device_json.h"
#include "rollout/target_filter.h"

namespace euphone {
namespace {

constexpr std::int64_t kNow = 1'767'600'000;

DeviceRecord Pi() {
  return {.id = "d-1",
          .tags = {"pilot", "on loan"},
          .groups = {"early"},
          .hardware = "rpi4",
          .runtime = *ReadSemVer("0.2.0"),
          .bundles = {{"en-us-standard", *ReadSemVer("1.2.0")}},
          .site = "school-7",
          .locale = "en-US",
          .battery = 30,
          .last_seen = kNow - 7200};
}

bool Matches(const std::string& text, const DeviceRecord& device = Pi()) {
  const auto filter = TargetFilter::Parse(text);
  EXPECT_TRUE(filter) << text << ": " << filter.error().message;
  return filter && filter->Matches(device, {.bundle = "en-us-standard", .now = kNow});
}

std::string Complaint(const std::string& text) {
  const auto filter = TargetFilter::Parse(text);
  return filter ? "none: " + filter->Text() : filter.error().message;
}

TEST(TargetFilter, PicksByEveryField) {
  for (const char* text : {"",
                           "id = d-1",
                           "tag = pilot",
                           "tag in (spare, \"on loan\")",
                           "group != broad",
                           "hardware = rpi*",
                           "runtime >= 0.2.0-rc.1",
                           "version < 1.3.0",
                           "version(en-us-standard) = 1.2.0",
                           "version(\"other\") != 1.0.0",
                           "not version(other) > 0.0.1",
                           "site = *-7",
                           "locale = en-US",
                           "battery >= 30",
                           "battery in (10, 30)",
                           "not charging",
                           "not metered and not in_lesson",
                           "crash_loops = 0 and self_test",
                           "anomaly_rate < 0.05",
                           "seen_hours <= 2",
                           "seen_hours == 2",
                           "hardware = rpi4 and version < 1.3.0 and tag in (pilot, school-7) and "
                           "not metered and battery >= 30"})
    EXPECT_TRUE(Matches(text)) << text;
  for (const char* text :
       {"id = d-2", "tag = pil", "tag not in (pilot)", "group = broad", "hardware = rpi",
        "version >= 1.3.0", "version(other) = 1.0.0", "version(other) < 9.0.0", "site = school-",
        "charging", "battery > 30", "seen_hours < 2", "id = *2*"})
    EXPECT_FALSE(Matches(text)) << text;
}

TEST(TargetFilter, TakesADeviceWithoutABatteryForAFullOne) {
  DeviceRecord pi = Pi();
  pi.battery.reset();
  EXPECT_TRUE(Matches("battery >= 100 and charging", pi));
}

TEST(TargetFilter, BindsNotBeforeAndBeforeOr) {
  EXPECT_EQ(Complaint("not metered and charging or in_lesson"),
            "none: (((not metered) and charging) or in_lesson)");
  EXPECT_EQ(Complaint("not (metered or not charging)"), "none: (not (metered or (not charging)))");
}

TEST(TargetFilter, SaysWhereItIsWrongAndWhatWouldBeRight) {
  EXPECT_EQ(Complaint("hardware = "), "column 12: expected a value, not the end");
  EXPECT_EQ(Complaint("version < 1.3"),
            "column 11: '1.3' is no version; one has three numbers: 1.3.0");
  EXPECT_EQ(Complaint("battery >= much"), "column 12: 'much' is no number");
  EXPECT_EQ(Complaint("metered = true"),
            "column 9: 'metered' is true or not: write metered or not metered");
  EXPECT_EQ(Complaint("hardware > rpi4"), "column 10: 'hardware' is a text: only =, != and in");
  EXPECT_EQ(Complaint("(metered or charging"),
            "column 21: expected ')' for the '(' of column 1, not the end");
  EXPECT_EQ(Complaint("metered charging"),
            "column 9: expected and, or, or the end, not 'charging'");
  EXPECT_EQ(Complaint("tag in pilot"), "column 8: expected '(' after in, not 'pilot'");
  EXPECT_EQ(Complaint("tag in (pilot"), "column 14: expected ',' or ')' in the list, not the end");
  EXPECT_EQ(Complaint("tag not pilot"), "column 9: expected in after not, not 'pilot'");
  EXPECT_EQ(Complaint("tag ! pilot"), "column 5: a lone '!'; write != or not");
  EXPECT_EQ(Complaint("site = \"a"), "column 8: the quotation mark is never closed");
  EXPECT_EQ(Complaint("site = a & b"), "column 10: no place for '&'; quote texts: \"…\"");
  EXPECT_EQ(Complaint("verison = 1.0.0").substr(0, 40), "column 1: no field 'verison'; there are ");
  EXPECT_EQ(Complaint(std::string(100, '(')), "column 65: nested too deep");
  EXPECT_EQ(Complaint(std::string(5000, ' ')), "longer than 4096 bytes");
}

TEST(TargetFilter, ReadsWhatItWrites) {
  const std::string text =
      "not (tag in (a, \"b\\\"c\") or version(x) >= 1.0.0-rc.1) and battery < 0.5";
  const auto filter = TargetFilter::Parse(text);
  ASSERT_TRUE(filter);
  EXPECT_EQ(TargetFilter::Parse(filter->Text())->Text(), filter->Text());
}

TEST(TargetFilter, SurvivesAnyText) {
  const std::string parts[] = {"(", ")",  "and ",  "or ", "not ", "tag", "=", "in",
                               ",", "\"", "1.0.0", " ",   "!=",   "*",   "\\"};
  Random chance(7);
  for (int run = 0; run < 20000; ++run) {
    std::string text;
    for (std::size_t i = chance.Below(12); i > 0; --i)
      text += parts[chance.Below(std::size(parts))];
    const auto filter = TargetFilter::Parse(text);
    if (filter) {
      EXPECT_EQ(TargetFilter::Parse(filter->Text())->Text(), filter->Text()) << text;
    } else {
      EXPECT_TRUE(filter.error().message.starts_with("column ")) << text;
    }
  }
}

TEST(DeviceLine, IsReadAsItWasWritten) {
  DeviceRecord pi = Pi();
  pi.refused = {{"en-us-standard", *ReadSemVer("1.1.0-rc.1")}};
  pi.health = {.crash_loops = 2, .self_test = false, .anomaly_rate = 0.25};
  const auto read = ReadDeviceLine(DeviceLine(pi));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(DeviceLine(*read), DeviceLine(pi));
  EXPECT_TRUE(read->Refuses("en-us-standard", *ReadSemVer("1.1.0-rc.1")));
}

TEST(DeviceLine, NamesTheLineThatIsWrong) {
  const auto complaint = [](const char* text) { return ReadInventory(text).error().message; };
  EXPECT_EQ(ReadInventory("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n")->size(), 2u);
  EXPECT_EQ(complaint("{\"id\":\"a\"}\n{\"id\":\"a\"}"), "line 2: the device a is there twice");
  EXPECT_EQ(complaint("{\"id\":\"a\",\"batery\":3}"), "line 1: batery: there is no such field");
  EXPECT_EQ(complaint("{\"id\":\"a\",\"battery\":300}"),
            "line 1: battery: must be between 0 and 100");
  EXPECT_EQ(complaint("[]"), "line 1: it must be an object");
  EXPECT_EQ(complaint("{"), "line 1: it is no JSON");
}

}  // namespace
}  // namespace euphone
