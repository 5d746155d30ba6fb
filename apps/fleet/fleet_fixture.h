#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "fleet/broker.h"
#include "fleet/nats_server.h"

namespace euphone::fleet {

/// A folder of a test's own, which goes with it.
class TestFolder {
 public:
  TestFolder() : path_(std::filesystem::temp_directory_path() / NextName()) {
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  static std::string NextName() {
    static int count = 0;
    return "euphone_fleet_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
  }
  std::filesystem::path path_;
};

/// A test with a real NATS server.
class WithNats : public testing::Test {
 protected:
  void SetUp() override {
    auto server = NatsServer::Start({.folder = folder_.path()});
    ASSERT_TRUE(server) << server.error().message;
    server_.emplace(*std::move(server));
    auto broker = Connect();
    ASSERT_TRUE(broker) << broker.error().message;
    broker_.emplace(*std::move(broker));
  }

  Result<Broker> Connect(std::function<void(Link)> on_change = nullptr) {
    BrokerOptions options;
    options.url = server_->url();
    options.reconnect_wait = std::chrono::milliseconds(50);
    options.on_change = std::move(on_change);
    return Broker::Connect(options);
  }

  Broker& broker() { return *broker_; }

  TestFolder folder_;
  std::optional<NatsServer> server_;
  std::optional<Broker> broker_;
};

/// Whether it comes true within ten seconds.
inline bool Soon(const std::function<bool()>& true_now) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (true_now()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace euphone::fleet
