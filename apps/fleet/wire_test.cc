#include "fleet/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rollout/device_json.h"

namespace euphone::fleet {
namespace {

TEST(WireTest, SubjectsNameTheirDevice) {
  EXPECT_EQ(UpSubject("pi-7"), "euphone.up.pi-7");
  EXPECT_EQ(AskSubject("pi-7", kAskSync), "euphone.ask.pi-7.sync");
  for (const std::string& subject :
       {UpSubject("pi-7"), DownSubject("pi-7"), AskSubject("pi-7", "x")})
    EXPECT_EQ(DeviceOf(subject), "pi-7") << subject;
  EXPECT_EQ(DeviceOf("euphone.up."), "");
  EXPECT_EQ(DeviceOf("elsewhere.pi-7"), "");
}

TEST(WireTest, ANameOfADeviceIsOnePartOfASubject) {
  EXPECT_TRUE(IsDeviceName("Room_3-left"));
  for (const char* name : {"", "a.b", "*", ">", "a b", "ü"})
    EXPECT_FALSE(IsDeviceName(name)) << name;
  EXPECT_FALSE(IsDeviceName(std::string(65, 'a')));
}

TEST(WireTest, AHeartbeatIsReadAsItWasWritten) {
  Heartbeat heartbeat;
  heartbeat.record.id = "pi-7";
  heartbeat.record.hardware = "rpi4";
  heartbeat.record.bundles = {{"en-us", *ReadSemVer("1.2.0")}};
  heartbeat.record.battery = 40;
  heartbeat.telemetry = R"({"schema":"euphone.telemetry/1"})";
  const auto read = ReadUpMessage(ToJson(UpMessage{"pi-7", 1'700'000'000, heartbeat}));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->device, "pi-7");
  EXPECT_EQ(read->at, 1'700'000'000);
  const auto& beat = std::get<Heartbeat>(read->what);
  EXPECT_EQ(DeviceLine(beat.record), DeviceLine(heartbeat.record));
  EXPECT_EQ(beat.telemetry, heartbeat.telemetry);
}

TEST(WireTest, ReportsEventsAndRecordsAreReadAsTheyWereWritten) {
  const OfferReport report{"r1", 2, DeviceStage::kRolledBack, "it crashed"};
  const auto read_report = ReadUpMessage(ToJson(UpMessage{"d", 1, report}));
  ASSERT_TRUE(read_report) << read_report.error().message;
  EXPECT_EQ(std::get<OfferReport>(read_report->what).stage, DeviceStage::kRolledBack);
  EXPECT_EQ(std::get<OfferReport>(read_report->what).reason, "it crashed");

  const UpdateEvent event{9, 77, "en-us", "1.3.0", "refused", "expired"};
  const auto read_event = ReadUpMessage(ToJson(UpMessage{"d", 1, event}));
  ASSERT_TRUE(read_event) << read_event.error().message;
  EXPECT_EQ(std::get<UpdateEvent>(read_event->what).number, 9);

  Uplink uplink{"box-1", {}};
  uplink.records.push_back({3, {UplinkClass::kScores, 0, "L", R"({"score":81})"}});
  uplink.records.push_back({4, {UplinkClass::kDeletion, 0, "L", ""}, 0, 3, {UplinkClass::kScores}});
  const auto read = ReadUpMessage(ToJson(UpMessage{"d", 1, uplink}));
  ASSERT_TRUE(read) << read.error().message;
  const auto& records = std::get<Uplink>(read->what).records;
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].record.body, R"({"score":81})");
  EXPECT_EQ(records[1].through, 3U);
  EXPECT_THAT(records[1].forgets, testing::ElementsAre(UplinkClass::kScores));
}

TEST(WireTest, OrdersAndCursorsAreReadAsTheyWereWritten) {
  const auto orders = ReadOrders(ToJson(Orders{{{"r1", 3, "en-us", *ReadSemVer("2.0.0")}}}));
  ASSERT_TRUE(orders) << orders.error().message;
  ASSERT_EQ(orders->offers.size(), 1U);
  EXPECT_EQ(orders->offers[0].attempt, 3);
  EXPECT_EQ(orders->offers[0].version.Text(), "2.0.0");
  const auto cursors = ReadCursors(ToJson(Cursors{"box", {1, 2, 3, 4}}));
  ASSERT_TRUE(cursors) << cursors.error().message;
  EXPECT_EQ(cursors->upto, (std::array<std::uint64_t, kUplinkClasses>{1, 2, 3, 4}));
}

TEST(WireTest, WhatIsWrongIsSaid) {
  struct Case {
    const char* text;
    const char* complaint;
  };
  for (
      const auto& [text, complaint] :
      {Case{"", "no JSON"}, Case{R"({"schema":"euphone.up/2"})", "no euphone.up/1"},
       Case{R"({"schema":"euphone.up/1","device":"a.b"})", "device: is no name of a device"},
       Case{R"({"schema":"euphone.up/1","device":"a"})", "nothing that is known"},
       Case{R"({"schema":"euphone.up/1","device":"a","colour":"red",)"
            R"("uplink":{"outbox":"o","records":[]}})",
            "colour: there is no such field"},
       Case{R"({"schema":"euphone.up/1","device":"a","heartbeat":{"record":{"id":"a"},"x":1}})",
            "x: there is no such field"},
       Case{R"({"schema":"euphone.up/1","device":"a","heartbeat":7})", "heartbeat"},
       Case{R"({"schema":"euphone.up/1","device":"a","heartbeat":{}})", "heartbeat.record"},
       Case{R"({"schema":"euphone.up/1","device":"a","report":{"rollout":"r","stage":"lost"}})",
            "report.stage: is none that a device reports"},
       Case{
           R"({"schema":"euphone.up/1","device":"a","uplink":{"outbox":"o","records":[{"seq":-1,"class":"scores"}]}})",
           "uplink.records[0].seq"}}) {
    const auto read = ReadUpMessage(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, testing::HasSubstr(complaint)) << text;
  }
}

}  // namespace
}  // namespace euphone::fleet
