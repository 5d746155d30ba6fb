#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "agent/agent_config.h"
#include "agent/hub_link.h"
#include "agent/offer_runner.h"
#include "base/file_lock.h"
#include "base/result.h"
#include "fleet/key_value.h"
#include "update/updater.h"

namespace euphone::agent {

struct AgentOptions {
  std::filesystem::path folder = {};  ///< The agent's own.
  AgentConfig config = {};
  UpdaterConfig updater = {};
  OfferRunnerOptions runner = {};  ///< Its folder, source, rate and words are set by the agent.
  std::filesystem::path power = "/sys/class/power_supply";
  std::chrono::milliseconds heartbeat{30000};      ///< And up to a tenth more, by chance.
  std::chrono::milliseconds reconnect_wait{2000};  ///< As fleet::BrokerOptions.
  /// euphone.telemetry/1 for the next heartbeat; empty: none. Thread: the agent's.
  std::function<std::string()> telemetry = {};
  /// Called with each new connection; what it gives is called several times a second while that
  /// lives, also where it is away for a while, and is destroyed before it. For the sync of records.
  std::function<std::function<void()>(fleet::Broker&, const std::string& device)> attach = {};
  std::function<void(const std::string&)> tell = {};  ///< What happens, a line each. Thread: any.
};

/// A device's end of a fleet: says how it is, takes offers and brings them into use, tells how that
/// went. Being offline is normal: it waits for the hub for ever. Whatever ends it, the next one
/// goes on. Thread: one.
class Agent {
 public:
  /// Fails: kInvalidArgument where an agent runs in this folder already; kIo; kNotFound where
  /// libnats is not installed.
  static Result<std::unique_ptr<Agent>> Open(AgentOptions options);

  /// Until it is asked to stop. Fails: kIo, kInvalidArgument where nothing can ever work.
  Status Run(const std::stop_token& stop);

 private:
  using Clock = std::chrono::steady_clock;

  Agent(AgentOptions options, FileLock lock);
  std::shared_ptr<HubLink> Connect(const std::stop_token& stop);
  void Serve(const std::shared_ptr<HubLink>& link, const std::stop_token& stop);
  void Listen(HubLink& link);
  void TakeOrders();
  bool TellReports(HubLink& link);
  bool TellEvents(HubLink& link);
  Status Send(HubLink& link, const fleet::UpMessage& message, const std::string& id);
  void Beat(HubLink& link);
  void Note(bool connected);
  void Tell(const std::string& line) const;
  void Trouble(const std::string& line);
  std::shared_ptr<HubLink> link() const;

  const AgentOptions options_;
  const FileLock lock_;
  const std::map<std::string, std::string> factory_;
  OfferRunner runner_;

  mutable std::mutex mutex_;       ///< Guards the next.
  std::shared_ptr<HubLink> link_;  ///< What the runner fetches through; null: none.

  std::optional<fleet::KeyValue> bucket_;
  std::optional<fleet::KvWatch> watch_;
  Clock::time_point next_listen_{}, next_beat_{}, next_look_{}, next_telling_{};
  std::string last_record_;                       ///< As last sent.
  std::string last_trouble_;                      ///< Told once.
  std::filesystem::file_time_type state_seen_{};  ///< When all of the updater's events were told.
  std::string last_note_;                         ///< What status.json says, but for times.
  std::int64_t last_beat_ = 0;                    ///< Seconds since 1970; 0: none yet.
  bool heard_ = false;                            ///< Something of orders, in this watch.
};

}  // namespace euphone::agent
