#include "hub/hub.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "hub/hub_fixture.h"

namespace euphone::hub {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kPlan = R"({"plan":{"schema":"euphone.rollout/1","id":"r1","bundle":"std",
  "version":"1.1.0","waves":[{"rest":true}]}})";

class HubTest : public WithHub {
 protected:
  void SetUp() override { StartHub(); }

  static void Say(fleet::Broker& device, const fleet::UpMessage& message) {
    auto stream = fleet::JetStream::Of(device);
    ASSERT_TRUE(stream);
    const auto kept = stream->Publish(fleet::UpSubject(message.device), ToJson(message));
    ASSERT_TRUE(kept) << kept.error().message;
  }
};

TEST_F(HubTest, KnowsADeviceThatSaysItIsThereAndKeepsItOverARestart) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device) << device.error().message;
  Say(*device, HeartbeatOf("pi-7"));
  EXPECT_TRUE(Soon([&] { return Ask("devices.list").find("pi-7") != std::string::npos; }));
  EXPECT_THAT(Ask("devices.tag", R"({"device":"pi-7","add":["lab"]})"), HasSubstr("lab"));
  EndHub();
  StartHub();
  EXPECT_THAT(Ask("devices.list"), AllOf(HasSubstr("pi-7"), HasSubstr("lab"), HasSubstr("rpi4")));
  EXPECT_TRUE(Soon([&] { return device->connected(); })) << "the server came back where it was";
}

TEST_F(HubTest, TellsItsFleetToPrometheus) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device) << device.error().message;
  fleet::UpMessage heartbeat = HeartbeatOf("pi-7");
  Telemetry telemetry{.at = 1};
  telemetry.total.takes = 12;
  std::get<fleet::Heartbeat>(heartbeat.what).telemetry = ToJson(telemetry);
  Say(*device, heartbeat);
  EXPECT_TRUE(Soon([&] {
    return Ask("hub.metrics").find(R"(euphone_device_takes_total{device=\"pi-7\"} 12\n)") !=
           std::string::npos;
  })) << Ask("hub.metrics");
  EXPECT_THAT(Ask("hub.metrics"),
              AllOf(HasSubstr(R"(euphone_hub_messages_total{kind=\"heartbeat\"} 1\n)"),
                    HasSubstr(R"(euphone_fleet_devices{state=\"heard\"} 1\n)")));
}

TEST_F(HubTest, ADeviceIsOfferedAVersionAndItsReportEndsTheRollout) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device);
  Say(*device, HeartbeatOf("pi-7"));
  ASSERT_TRUE(Soon([&] { return Ask("devices.list").find("pi-7") != std::string::npos; }));
  auto stream = fleet::JetStream::Of(*device);
  ASSERT_TRUE(stream);
  auto orders = fleet::KeyValue::Open(*stream, {.name = std::string(fleet::kOrdersBucket)});
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_THAT(Ask("rollouts.submit", kPlan), HasSubstr("\"state\":\"running\""));
  std::string order;
  ASSERT_TRUE(Soon([&] {
    const auto entry = orders->Get("pi-7");
    if (entry && *entry) order = (*entry)->value;
    return order.find("1.1.0") != std::string::npos;
  })) << order;
  auto watch = orders->Watch("pi-7");
  ASSERT_TRUE(watch) << watch.error().message;
  const auto next = watch->Next(std::chrono::seconds(5));
  ASSERT_TRUE(next && *next && (*next)->entry);
  EXPECT_EQ((*next)->entry->value, order);
  const fleet::UpMessage report{
      .device = "pi-7",
      .at = 2,
      .what = fleet::OfferReport{.rollout = "r1", .attempt = 1, .stage = DeviceStage::kSucceeded}};
  Say(*device, report);
  Say(*device, report);
  EXPECT_TRUE(Soon([&] {
    return Ask("rollouts.show", R"({"rollout":"r1"})").find("completed") != std::string::npos;
  }));
  EXPECT_TRUE(Soon([&] {
    const auto entry = orders->Get("pi-7");
    return entry && *entry && fleet::ReadOrders((*entry)->value)->offers.empty();
  })) << "what is done is no order any more";
}

TEST_F(HubTest, RecordsAreKeptOnceAndCursorsGoDownAfterTheCommit) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device);
  std::atomic<std::uint64_t> cursor{0};
  auto down = device->Subscribe(fleet::DownSubject("pi-7"), [&](const fleet::Message& message) {
    const auto cursors = fleet::ReadCursors(message.data);
    if (cursors) cursor = cursors->upto[static_cast<std::size_t>(UplinkClass::kScores)];
  });
  ASSERT_TRUE(down);
  fleet::Uplink uplink{.outbox = "box-1"};
  for (std::uint64_t seq = 1; seq <= 3; ++seq)
    uplink.records.push_back({.seq = seq,
                              .record = {.kind = UplinkClass::kScores,
                                         .learner = "ada",
                                         .body = "{\"n\":" + std::to_string(seq) + "}"}});
  const fleet::UpMessage message{.device = "pi-7", .at = 1, .what = uplink};
  Say(*device, HeartbeatOf("pi-7"));
  Say(*device, message);
  Say(*device, message);
  EXPECT_TRUE(Soon([&] { return cursor == 3; }));
  // What went up before the device's store was restored; then its outbox had another name.
  fleet::UpMessage before = message;
  std::get<fleet::Uplink>(before.what).outbox = "box-0";
  Say(*device, before);
  fleet::Uplink deletion{.outbox = "box-1"};
  deletion.records.push_back({.seq = 4,
                              .record = {.kind = UplinkClass::kDeletion, .learner = "ada"},
                              .through = 3,
                              .forgets = {UplinkClass::kScores}});
  Say(*device, {.device = "pi-7", .at = 2, .what = deletion});
  EXPECT_TRUE(Soon([&] {
    const std::string records = Ask("devices.records", R"({"device":"pi-7"})");
    return records.find("ada") == std::string::npos;
  }));
  Say(*device, message);  // Late, and never again kept.
  Say(*device, HeartbeatOf("pi-7"));
  const auto answer = device->Request(fleet::AskSubject("pi-7", fleet::kAskCursors),
                                      R"({"outbox":"box-1"})", std::chrono::seconds(5));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(fleet::ReadCursors(answer->data)->upto[2], 3u);
  EXPECT_THAT(Ask("devices.records", R"({"device":"pi-7"})"), Not(HasSubstr("ada")));
}

TEST_F(HubTest, WhatCannotBeReadIsSetAsideAndStopsNothing) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device);
  auto stream = fleet::JetStream::Of(*device);
  ASSERT_TRUE(stream);
  ASSERT_TRUE(stream->Publish(fleet::UpSubject("pi-7"), "{nonsense"));
  ASSERT_TRUE(stream->Publish(fleet::UpSubject("pi-7"), ToJson(HeartbeatOf("pi-8"))));
  Say(*device, HeartbeatOf("pi-7"));
  EXPECT_TRUE(Soon([&] { return Ask("devices.list").find("pi-7") != std::string::npos; }));
  EXPECT_THAT(Ask("aside.list"), AllOf(HasSubstr("nonsense"), HasSubstr("it says that it is from "
                                                                        "pi-8")));
}

TEST_F(HubTest, ADeviceSpeaksForItselfAlone) {
  auto device = Join("pi-7");
  ASSERT_TRUE(device);
  const auto answered = [&](const std::string& subject, const std::string& data) {
    return device->Request(subject, data, std::chrono::milliseconds(300)).has_value();
  };
  EXPECT_TRUE(answered(fleet::UpSubject("pi-7"), ToJson(HeartbeatOf("pi-7"))));
  EXPECT_FALSE(answered(fleet::UpSubject("pi-8"), ToJson(HeartbeatOf("pi-8"))));
  EXPECT_FALSE(answered("$JS.API.STREAM.PURGE.EUPHONE_UP", ""));
  EXPECT_FALSE(answered("$KV.euphone_repository.metadata/timestamp.json", "mine"));
  EXPECT_FALSE(answered("euphone.admin", "{}"));
  EXPECT_TRUE(answered("$JS.API.STREAM.INFO.KV_euphone_orders", ""));
  EXPECT_THAT(Ask("devices.revoke", R"({"device":"pi-7"})"), HasSubstr("done"));
  EXPECT_TRUE(Soon([&] { return !device->connected(); })) << "who was sent away is cut off";
}

TEST_F(HubTest, RolesAndTheAuditOfWhatWasDoneAndRefused) {
  const std::string added = Ask("users.add", R"({"name":"vera","role":"viewer"})");
  const std::size_t at = added.find("vera.");
  ASSERT_NE(at, std::string::npos) << added;
  const std::string token = added.substr(at, added.find('"', at) - at);
  EXPECT_THAT(hub_->Ask(token, "devices.list", ""), HasSubstr("reply"));
  EXPECT_THAT(hub_->Ask(token, "rollouts.submit", kPlan), HasSubstr("does not allow"));
  EXPECT_THAT(hub_->Ask("vera.guess", "devices.list", ""), HasSubstr("not_admitted"));
  const std::string audit = Ask("audit.list", R"({"check":true})");
  EXPECT_THAT(audit, AllOf(HasSubstr("vera"), HasSubstr("refused"), HasSubstr("first_changed\":0"),
                           Not(HasSubstr(token))));
}

TEST_F(HubTest, WhatIsPublishedIsNeverChanged) {
  EXPECT_THAT(Ask("repository.put", R"({"path":"chunks/ab/c.zst","data":"b25l"})"),
              HasSubstr("done"));
  EXPECT_THAT(Ask("repository.put", R"({"path":"chunks/ab/c.zst","data":"dHdv"})"),
              HasSubstr("never changed"));
  EXPECT_THAT(Ask("repository.put", R"({"path":"../x","data":"dHdv"})"), HasSubstr("invalid"));
  EXPECT_THAT(Ask("repository.put", R"({"path":"metadata/1.root.json","data":"dHdv"})"),
              AllOf(HasSubstr("invalid"), HasSubstr("devices would not believe it")));
  EXPECT_THAT(Ask("repository.list"),
              AllOf(HasSubstr("chunks/ab/c.zst"), Not(HasSubstr("metadata"))));
}

TEST_F(HubTest, SecretsOfDevicesAreKeptAsHashesAlsoThoseOfAnEarlierVersion) {
  const auto file = folder_.path() / "hub" / "admissions.json";
  ASSERT_TRUE(Join("pi-7"));
  EndHub();
  auto kept = nlohmann::json::parse(*ReadFile(file, 1 << 20));
  EXPECT_THAT(kept["devices"]["pi-7"], testing::StartsWith("$2b$04$"));
  EXPECT_THAT(kept["users"]["admin"], testing::StartsWith("$2b$04$"));
  kept["devices"]["old"] = "00112233445566778899aabbccddeeff";
  ASSERT_TRUE(WriteFileAtomically(file, kept.dump()));
  StartHub();
  std::string url = hub_->address().url;
  url.insert(url.find("://") + 3, "old:00112233445566778899aabbccddeeff@");
  EXPECT_TRUE(fleet::Broker::Connect({.url = url, .patience = std::chrono::seconds(5)}));
  EXPECT_THAT(*ReadFile(file, 1 << 20), Not(HasSubstr("00112233445566778899aabbccddeeff")));
}

TEST_F(HubTest, ASecondHubOnTheSameFolderIsRefused) {
  const auto second = Hub::Open({.folder = folder_.path() / "hub"});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("a hub runs here already"));
}

TEST_F(HubTest, ASecondHubOnTheSameDatabaseIsRefused) {
  const auto second =
      Hub::Open({.folder = folder_.path() / "other",
                 .database = "sqlite:" + (folder_.path() / "hub" / "hub.db").string()});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("another hub runs on sqlite:"));
}

TEST(HubStart, WaitsForADatabaseThatIsAwayAndSaysSoOnce) {
  const TestFolder folder;
  std::vector<std::string> troubles;
  const auto hub =
      Hub::Open({.folder = folder.path(),
                 .database = "postgresql://u:hidden@127.0.0.1:1/x",
                 .patience = std::chrono::seconds(2),
                 .trouble = [&](const std::string& what) { troubles.push_back(what); }});
  ASSERT_FALSE(hub);
  EXPECT_THAT(hub.error().message, HasSubstr("cannot reach PostgreSQL at postgresql://127.0.0.1"));
  ASSERT_EQ(troubles.size(), 1);
  EXPECT_THAT(troubles[0], HasSubstr("cannot reach PostgreSQL"));
}

}  // namespace
}  // namespace euphone::hub
