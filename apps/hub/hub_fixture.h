#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "fleet/fleet_fixture.h"
#include "hub/hub.h"

namespace euphone::hub {

using fleet::Soon;
using fleet::TestFolder;

/// A hub with a NATS server of its own and SQLite, in a folder that goes with it.
class WithHub : public testing::Test {
 protected:
  ~WithHub() override { EndHub(); }

  void StartHub() {
    std::atomic<bool> open{false};
    // The thread that starts the NATS server has to stay: it is the hub's.
    thread_ = std::thread([&] {
      auto hub = Hub::Open({.folder = folder_.path() / "hub"});
      if (!hub) ADD_FAILURE() << hub.error().message;
      if (hub) hub_ = *std::move(hub);
      open = true;
      open.notify_all();
      if (hub_) {
        EXPECT_TRUE(hub_->Run(stop_.get_token()));
      }
      hub_.reset();
    });
    open.wait(false);
    ASSERT_NE(hub_, nullptr);
    token_ = hub_->address().token;
  }

  void EndHub() {
    stop_.request_stop();
    if (thread_.joinable()) thread_.join();
    stop_ = {};
  }

  /// The reply's text, or "error: …".
  std::string Ask(const std::string& verb, const std::string& arguments = "") {
    return hub_->Ask(token_, verb, arguments);
  }

  /// A connection as the device that was invited.
  Result<fleet::Broker> Join(const std::string& device) {
    const std::string reply = Ask("devices.invite", R"({"device":")" + device + "\"}");
    const std::string key = "\"url\":\"";
    const std::size_t begin = reply.find(key);
    if (begin == std::string::npos) return Error{Errc::kInternal, reply};
    const std::string url =
        reply.substr(begin + key.size(), reply.find('"', begin + key.size()) - begin - key.size());
    return fleet::Broker::Connect({.url = url,
                                   .patience = std::chrono::seconds(5),
                                   .reconnect_wait = std::chrono::milliseconds(50)});
  }

  static fleet::UpMessage HeartbeatOf(const std::string& device) {
    return {.device = device,
            .at = 1,
            .what = fleet::Heartbeat{.record = {.id = device,
                                                .hardware = "rpi4",
                                                .runtime = {.major = 1},
                                                .bundles = {{"std", {.major = 1}}},
                                                .battery = 80}}};
  }

  TestFolder folder_;
  std::unique_ptr<Hub> hub_;
  std::string token_;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace euphone::hub
