#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/broker.h"
#include "fleet/jet_stream.h"
#include "hub/hub_records.h"
#include "hub/rollout_desk.h"

namespace euphone::hub {

/// Takes what devices say out of the queue, commits it, and only then acknowledges it: what comes
/// again meets its own key. A message that is none is set aside with the reason. Thread: one; what
/// is the hub's is only touched under its mutex, and nothing is awaited from the network under it.
class Intake {
 public:
  struct Options {
    std::mutex& mutex;  ///< Of all that follows.
    HubRecords& records;
    RolloutDesk& rollouts;
    std::function<Status()> ready;      ///< Called under the mutex: loads what is in doubt.
    std::function<void()> doubt;        ///< Likewise: a transaction failed.
    std::function<std::int64_t()> now;  ///< Seconds since 1970.
  };

  Intake(fleet::Broker& broker, Options options) : broker_(&broker), options_(std::move(options)) {}

  /// The stream and its consumer, made where they are missing.
  Status Attach(fleet::JetStream& stream);

  /// Waits so long for messages, and commits what came, once. Gives how many messages were
  /// committed. Fails: as JetStream and HubRecords; what could not be committed is held, and tried
  /// first by the next call.
  Result<std::size_t> Step(std::chrono::milliseconds timeout);

  /// Messages in hand go back to the queue.
  void GiveBack();

  /// What is in hand and in the queue behind it, and how old the oldest is. Thread: any.
  void AddWaiting(fleet::IntakeCounters& counters) const;

  bool reported() const { return reported_; }  ///< Whether the last step had reports.

 private:
  struct Held {
    fleet::Delivery delivery;
    std::optional<fleet::UpMessage> message;  ///< Absent: it is set aside.
    SetAside aside = {};
  };

  Status LookAfterConsumer();
  void Read(fleet::Delivery delivery);
  Batch BatchOf(std::span<const Held> held, std::int64_t now) const;
  Result<std::vector<CommittedUplink>> Commit(std::span<const Held> held);
  Status CommitEach(std::vector<CommittedUplink>& committed);
  void Tell(const std::vector<CommittedUplink>& committed);
  void Count(bool kept);

  fleet::Broker* broker_;
  Options options_;
  std::optional<fleet::PullConsumer> consumer_;
  std::vector<Held> held_;
  std::chrono::steady_clock::time_point since_ = {};  ///< When they were said to be in progress.
  bool reported_ = false;
  std::chrono::steady_clock::time_point heard_ = {};  ///< When messages came last.
  bool attached_ = false;                             ///< Whether it ever was.
  // For AddWaiting, which other threads call.
  std::atomic<std::uint64_t> waiting_{0};
  std::atomic<std::int64_t> oldest_ns_{0};  ///< Stored when; of what was kept last; 0: none.
  std::atomic<std::int64_t> kept_ns_{0};    ///< When that was kept; 0: it is not yet.
};

}  // namespace euphone::hub
