#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "fleet/broker.h"
#include "fleet/sync_link.h"
#include "store/store.h"
#include "store_access.h"

namespace euphone::cli {

/// What the agent sends of learners, and its class: the store that is there, as soon as it is there
/// and opens without asking anybody, kept in step with the hub. A device without one has nothing to
/// send. Thread: the agent's. The broker must outlive it.
class AgentSync {
 public:
  using Tell = std::function<void(const std::string&)>;

  AgentSync(StoreOptions options, fleet::Broker& broker, std::string device, Tell tell);

  /// A bounded piece of work; says what is wrong once.
  void Step();

 private:
  void Open();
  void Trouble(const std::string& what);

  StoreOptions options_;
  fleet::Broker& broker_;
  std::string device_;
  Tell tell_;
  std::unique_ptr<Store> store_;  ///< Where it is open; its place is known to the link.
  std::optional<fleet::SyncLink> link_;
  std::chrono::steady_clock::time_point look_next_{};
  std::string trouble_;
};

}  // namespace euphone::cli
