#include "fleet/nats_server.h"

#include <atomic>

#include "fleet/fleet_fixture.h"
#include "fleet/free_port_for_test.h"
#include "fleet/jet_stream.h"

namespace euphone::fleet {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

TEST(NatsConfig, HoldsWhatWasAskedForAndNoMore) {
  const std::string plain = NatsConfig({.folder = "/a \"b\"", .port = 4222});
  EXPECT_THAT(plain, HasSubstr("listen: \"127.0.0.1:4222\""));
  EXPECT_THAT(plain, HasSubstr("store_dir: \"/a \\\"b\\\"/jetstream\""));
  for (const char* other : {"authorization", "http", "leafnodes", "mqtt"}) {
    EXPECT_THAT(plain, Not(HasSubstr(other)));
  }
  const std::string all = NatsConfig({.folder = "/a",
                                      .token = "t",
                                      .monitor_port = 8222,
                                      .leaf_port = 7422,
                                      .leaf_remote = "nats://hub:7422",
                                      .mqtt_port = 1883});
  for (const char* part : {"token: \"t\"", "http: \"127.0.0.1:8222\"", "listen: \"127.0.0.1:7422\"",
                           "url: \"nats://hub:7422\"", "listen: \"127.0.0.1:1883\""}) {
    EXPECT_THAT(all, HasSubstr(part));
  }
}

TEST(NatsServer, KeepsItsStreamsAndItsPortOverARestart) {
  TestFolder folder;
  auto server = NatsServer::Start({.folder = folder.path()});
  ASSERT_TRUE(server) << server.error().message;
  const auto port = server->port();
  {
    auto broker = Broker::Connect({.url = server->url()});
    ASSERT_TRUE(broker) << broker.error().message;
    auto jet = JetStream::Of(*broker);
    ASSERT_TRUE(jet && jet->EnsureStream({.name = "S", .subjects = {"s"}}));
    ASSERT_TRUE(jet->Publish("s", "kept"));
  }
  ASSERT_TRUE(server->Restart());
  EXPECT_EQ(server->port(), port);
  auto broker = Broker::Connect({.url = server->url()});
  ASSERT_TRUE(broker) << broker.error().message;
  auto jet = JetStream::Of(*broker);
  ASSERT_TRUE(jet);
  EXPECT_EQ(jet->StateOf("S")->messages, 1);
  server->Stop();
  EXPECT_TRUE(server->Ended());
}

TEST(NatsServer, WritesItsTokenWhereOnlyTheOwnerReadsIt) {
  TestFolder folder;
  const auto server = NatsServer::Start({.folder = folder.path()});
  ASSERT_TRUE(server) << server.error().message;
  const auto mode = std::filesystem::status(folder.path() / "nats-server.conf").permissions();
  EXPECT_EQ(mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
            std::filesystem::perms::none);
}

TEST(NatsServer, SaysWhyItDoesNotStart) {
  TestFolder one;
  TestFolder two;
  const auto first = NatsServer::Start({.folder = one.path()});
  ASSERT_TRUE(first) << first.error().message;
  const auto second = NatsServer::Start({.folder = two.path(), .port = first->port()});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("address already in use"));
  const auto missing = NatsServer::Start({.program = "no-such-nats-server", .folder = two.path()});
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, HasSubstr("is not installed"));
}

TEST(NatsServer, PassesMessagesFromALeafToItsHub) {
  TestFolder one;
  TestFolder two;
  const std::uint16_t port = FreePort();
  auto hub =
      NatsServer::Start({.folder = one.path(), .name = "hub", .open = true, .leaf_port = port});
  ASSERT_TRUE(hub) << hub.error().message;
  auto leaf = NatsServer::Start({.folder = two.path(),
                                 .name = "leaf",
                                 .leaf_remote = "nats://127.0.0.1:" + std::to_string(port)});
  ASSERT_TRUE(leaf) << leaf.error().message;
  auto above = Broker::Connect({.url = hub->url()});
  auto below = Broker::Connect({.url = leaf->url()});
  ASSERT_TRUE(above && below);
  std::atomic<int> heard{0};
  const auto subscription = above->Subscribe("up", [&](const Message&) { ++heard; });
  ASSERT_TRUE(subscription);
  EXPECT_TRUE(Soon([&] { return below->Publish("up", "x") && heard > 0; }));
}

}  // namespace
}  // namespace euphone::fleet
