#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "fleet/fleet_fixture.h"
#include "fleet/free_port_for_test.h"
#include "fleet/scripted_hub_for_test.h"

// Devices that speak MQTT and nothing else (docs/howto/mqtt-devices.md): a real mosquitto_pub, and
// a real mosquitto as their broker.

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;

class MqttTest : public testing::Test {
 protected:
  void SetUp() override {
    mqtt_ = FreePort();
    // As the page has it: each may say and hear what is its own.
    auto server = NatsServer::Start({.folder = folder_.path() / "nats",
                                     .open = true,
                                     .mqtt_port = mqtt_,
                                     .extra = R"(authorization { users: [
  { user: "hub", password: "hub" }
  { user: "pi-9", password: "secret", permissions: {
    publish: ["euphone.up.pi-9"], subscribe: ["euphone.down.pi-9"] } }
  { user: "room-12", password: "secret", permissions: {
    publish: ["euphone.up.*"], subscribe: ["euphone.down.*"] } } ] }
)"});
    ASSERT_TRUE(server) << server.error().message;
    server_.emplace(*std::move(server));
    broker_.emplace(
        Broker::Connect({.url = "nats://hub:hub@127.0.0.1:" + std::to_string(server_->port())})
            .value());
    hub_ = std::make_unique<ScriptedHub>(*broker_, (folder_.path() / "hub.db").string());
  }

  /// Whether the message was taken. QoS 1: it was, or the program fails.
  bool Say(std::uint16_t port, const std::string& device, std::uint64_t seq,
           std::vector<std::string> as = {}) {
    const UpMessage message{
        .device = device,
        .at = 1'790'000'000,
        .what = Uplink{.outbox = "box-of-" + device,
                       .records = {{.seq = seq,
                                    .record = {.kind = UplinkClass::kHealth,
                                               .body = "{\"seq\":" + std::to_string(seq) + "}"}}}}};
    std::vector<std::string> arguments = {
        "-h", "127.0.0.1", "-p", std::to_string(port),   "-i", device,
        "-q", "1",         "-t", "euphone/up/" + device, "-m", ToJson(message)};
    arguments.insert(arguments.end(), as.begin(), as.end());
    auto child = ChildProcess::Start({.program = "mosquitto_pub", .arguments = arguments});
    if (!child) ADD_FAILURE() << child.error().message;
    std::optional<ChildEnd> end;
    return child && Soon([&] { return (end = child->Ended()).has_value(); }) && end->code == 0;
  }

  TestFolder folder_;
  std::uint16_t mqtt_ = 0;
  std::optional<NatsServer> server_;
  std::optional<Broker> broker_;
  std::unique_ptr<ScriptedHub> hub_;
};

TEST_F(MqttTest, WhatADeviceSaysOverMqttIsCommittedOnceAndItHearsOfIt) {
  const auto heard = folder_.path() / "heard";
  auto listens = ChildProcess::Start(
      {.program = "mosquitto_sub",
       .arguments = {"-h", "127.0.0.1", "-p", std::to_string(mqtt_), "-i", "ears", "-u", "pi-9",
                     "-P", "secret", "-t", "euphone/down/pi-9", "-C", "1"},
       .output = heard});
  ASSERT_TRUE(listens) << listens.error().message;
  const std::vector<std::string> known = {"-u", "pi-9", "-P", "secret"};
  ASSERT_TRUE(Say(mqtt_, "pi-9", 7, known));
  EXPECT_TRUE(Soon([&] { return hub_->Count() == 1; }));
  // It may have begun to listen after the first was committed; the same again is no other record.
  EXPECT_TRUE(Soon([&] { return Say(mqtt_, "pi-9", 7, known) && listens->Ended().has_value(); }));
  EXPECT_EQ(hub_->Count(), 1);
  const auto cursors = ReadCursors(ReadFile(heard, 1 << 16).value());
  ASSERT_TRUE(cursors) << cursors.error().message;
  EXPECT_EQ(cursors->upto[static_cast<std::size_t>(UplinkClass::kHealth)], 7u);
}

TEST_F(MqttTest, NobodyIsHeardWithoutASecretOrForAnother) {
  EXPECT_FALSE(Say(mqtt_, "pi-9", 1, {"-u", "pi-9", "-P", "guessed"}));
  EXPECT_FALSE(Say(mqtt_, "pi-9", 1));
  // The server drops what is said for another, and says nothing of it to who said it.
  EXPECT_TRUE(Say(mqtt_, "pi-10", 1, {"-u", "pi-9", "-P", "secret"}));
  EXPECT_TRUE(Say(mqtt_, "pi-9", 2, {"-u", "pi-9", "-P", "secret"}));
  EXPECT_TRUE(Soon([&] { return hub_->Count() > 0; }));
  EXPECT_EQ(hub_->Records("health"), (std::vector<std::int64_t>{2}));
}

TEST_F(MqttTest, AMosquittoOfItsOwnKeepsWhatWaitsForTheHub) {
  const std::uint16_t local = FreePort();
  const auto config = folder_.path() / "mosquitto.conf";
  ASSERT_TRUE(WriteFileAtomically(config, fmt::format("listener {} 127.0.0.1\n"
                                                      "allow_anonymous true\n"
                                                      "connection euphone-hub\n"
                                                      "address 127.0.0.1:{}\n"
                                                      "remote_clientid room-12\n"
                                                      "remote_username room-12\n"
                                                      "remote_password secret\n"
                                                      "bridge_protocol_version mqttv311\n"
                                                      "cleansession false\n"
                                                      "notifications false\n"
                                                      "try_private false\n"
                                                      "restart_timeout 1\n"
                                                      "topic euphone/up/+ out 1\n"
                                                      "topic euphone/down/+ in 0\n",
                                                      local, mqtt_)));
  auto mosquitto = ChildProcess::Start({.program = "/usr/sbin/mosquitto",
                                        .arguments = {"-c", config.string()},
                                        .output = folder_.path() / "mosquitto.log"});
  ASSERT_TRUE(mosquitto) << mosquitto.error().message;
  ASSERT_TRUE(Soon([&] { return Say(local, "pi-10", 1); }));
  EXPECT_TRUE(Soon([&] { return hub_->Count() == 1; }));
  // The hub's server is away for a while: the bridge keeps what the devices say.
  server_->Stop();
  for (std::uint64_t seq = 2; seq <= 5; ++seq) EXPECT_TRUE(Say(local, "pi-10", seq));
  EXPECT_EQ(hub_->Count(), 1);
  ASSERT_TRUE(server_->Restart());
  EXPECT_TRUE(Soon([&] { return hub_->Count() == 5; }));
  EXPECT_EQ(hub_->Records("health"), (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  mosquitto->Stop(milliseconds(5000));
}

}  // namespace
}  // namespace euphone::fleet
