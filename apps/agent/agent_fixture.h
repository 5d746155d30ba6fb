#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "agent/agent.h"
#include "base/file.h"
#include "fleet/fleet_fixture.h"
#include "fleet/key_value.h"
#include "fleet/wire.h"
#include "update/in_use.h"
#include "update/trust.h"
#include "update/update_fixture.h"

namespace euphone::agent {

namespace fs = std::filesystem;

/// A hub as far as an agent sees it: streams, buckets, orders; what comes up is kept.
class ScriptedHub {
 public:
  explicit ScriptedHub(fleet::Broker& broker)
      : stream_(*fleet::JetStream::Of(broker)),
        orders_(*fleet::KeyValue::Open(stream_, {.name = std::string(fleet::kOrdersBucket)})),
        files_(*fleet::KeyValue::Open(stream_, {.name = std::string(fleet::kRepositoryBucket)})) {
    EXPECT_TRUE(stream_.EnsureStream({.name = std::string(fleet::kUpStream),
                                      .subjects = {"euphone.up.*"},
                                      .retention = fleet::Retention::kWorkQueue}));
    EXPECT_TRUE(stream_.EnsureConsumer({.stream = std::string(fleet::kUpStream), .name = "hub"}));
  }

  /// A repository's files; what they are pointed to by goes last.
  void PutRepository(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().extension() != ".euphone")
        files.push_back(entry.path());
    std::ranges::sort(files, {}, [](const fs::path& file) {
      return std::pair(file.filename() == "timestamp.json", file);
    });
    for (const fs::path& file : files) Put(fs::relative(file, folder), *ReadFile(file, 8 << 20));
  }
  void Put(const std::string& path, const std::string& content) {
    const auto put = files_.Put(path, content);
    ASSERT_TRUE(put) << put.error().message;
  }
  void Order(const std::vector<fleet::Offer>& offers) {
    ASSERT_TRUE(orders_.Put("pi-7", fleet::ToJson(fleet::Orders{offers})));
  }

  /// Takes what has come up since.
  void Hear() {
    if (!pull_) {
      auto pull = stream_.Pull(std::string(fleet::kUpStream), "hub");
      if (!pull) return;
      pull_.emplace(*std::move(pull));
    }
    auto got = pull_->Fetch(100, std::chrono::milliseconds(20));
    if (!got) return pull_.reset();
    for (fleet::Delivery& one : *got) {
      auto message = fleet::ReadUpMessage(one.data());
      EXPECT_TRUE(message) << message.error().message;
      if (message) heard.push_back(*std::move(message));
      static_cast<void>(one.Ack());
    }
  }

  template <class Kind>
  std::vector<Kind> All() {
    Hear();
    std::vector<Kind> all;
    for (const fleet::UpMessage& message : heard)
      if (const Kind* one = std::get_if<Kind>(&message.what)) all.push_back(*one);
    return all;
  }
  /// "downloading", "failed: why" of an offer.
  std::vector<std::string> Stages(int attempt = 1) {
    std::vector<std::string> stages;
    for (const auto& report : All<fleet::OfferReport>()) {
      if (report.attempt != attempt) continue;
      const std::string stage(kStageNames[static_cast<std::size_t>(report.stage)]);
      stages.push_back(report.reason.empty() ? stage : stage + ": " + report.reason);
    }
    return stages;
  }
  bool Ended(int attempt = 1) {
    const auto stages = Stages(attempt);
    return !stages.empty() &&
           (stages.back() == "succeeded" || stages.back().starts_with("failed") ||
            stages.back().starts_with("rolled_back"));
  }

  std::vector<fleet::UpMessage> heard;

 private:
  fleet::JetStream stream_;
  fleet::KeyValue orders_, files_;
  std::optional<fleet::PullConsumer> pull_;
};

/// A device with a toy bundle, a repository, and a hub on a real NATS server.
class AgentTest : public fleet::WithNats {
 protected:
  void SetUp() override {
    fleet::WithNats::SetUp();
    root_ = fixture::FreshFolder("agent");
    repository_.emplace(fixture::PublishedRepository(root_ / "repository", keys_));
    fixture::BundleFolder(root_ / "factory" / "toy", "toy", "1.0.0", "factory");
    ASSERT_TRUE(TrustStore::Begin(
        root_ / "updates" / "trust",
        FolderSource(root_ / "repository").Fetch("metadata/1.root.json", 1 << 20).value()));
    hub_.emplace(broker());
  }

  void TearDown() override { Stop(); }

  Release Publish(const std::string& version, const ReleaseTerms& terms = {}) {
    auto release = fixture::Publish(
        *repository_, keys_,
        fixture::BundleFolder(root_ / "made" / version, "toy", version,
                              fixture::Noise(300000, std::hash<std::string>{}(version))),
        terms);
    hub_->PutRepository(root_ / "repository");
    return release;
  }

  AgentOptions Options() {
    AgentOptions options;
    options.folder = root_ / "agent";
    fs::create_directories(options.folder);
    options.config = {.url = server_->url(), .device = "pi-7", .hardware = "rpi4", .site = "s-1"};
    options.updater = {.updates = root_ / "updates",
                       .factory = root_ / "factory",
                       .platform = {.runtime = "0.1.0", .hardware = "x86_64", .memory_mb = 1000},
                       .shadow = {.utterances = utterances_},
                       .probation = probation_,
                       .self_test = [this](const fs::path&) { return verdict_; }};
    options.runner.now = [this] { return now_.load(); };
    options.runner.look = options.runner.first_retry = std::chrono::milliseconds(50);
    options.runner.missing_for = std::chrono::seconds(1);
    options.heartbeat = std::chrono::milliseconds(60000);
    options.reconnect_wait = std::chrono::milliseconds(50);
    return options;
  }
  void Start() {
    auto opened = Agent::Open(Options());
    ASSERT_TRUE(opened) << opened.error().message;
    agent_ = *std::move(opened);
    thread_ = std::jthread([this](const std::stop_token& stop) { EXPECT_TRUE(agent_->Run(stop)); });
  }
  void Stop() {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
    agent_.reset();
  }

  fleet::Offer OfferOf(const std::string& version, int attempt = 1) {
    return {.rollout = "r-1", .attempt = attempt, .bundle = "toy", .version = *ReadSemVer(version)};
  }
  std::string InUse() {
    const auto in_use = FindInUse(root_ / "updates", "toy");
    const fs::path folder = in_use && *in_use ? (*in_use)->folder : root_ / "factory" / "toy";
    const auto bundle = Bundle::Open(folder);
    return bundle && bundle->Verify() ? bundle->manifest().version : "broken";
  }

  fs::path root_;
  fixture::Keys keys_;
  std::optional<Repository> repository_;
  std::optional<ScriptedHub> hub_;
  std::atomic<std::int64_t> now_{fixture::kNow};
  Status verdict_;
  int utterances_ = 0, probation_ = 0;
  std::unique_ptr<Agent> agent_;
  std::jthread thread_;
};

}  // namespace euphone::agent
