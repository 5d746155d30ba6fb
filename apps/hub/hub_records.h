#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "fleet/fleet_metrics.h"
#include "fleet/wire.h"
#include "hub/hub_database.h"
#include "rollout/device_record.h"

namespace euphone::hub {

/// What devices have sent, as the hub keeps it: each once, however often it came.

/// What is known of all devices, in memory, too: rollouts ask for it every second. Addresses of
/// records stay while `changes` does.
struct Inventory {
  std::unordered_map<std::string, DeviceRecord> devices = {};
  std::uint64_t changes = 0;  ///< One more whenever a device came or was forgotten.
};

/// A message that is none.
struct SetAside {
  std::string subject = {};
  std::string reason = {};
  std::string body = {};
  std::int64_t at = 0;
};

/// A line of a rollout's log, and its place there.
struct RolloutLine {
  std::string rollout = {};
  std::int64_t number = 0;
  std::string line = {};
};

/// What is committed together.
struct Batch {
  std::vector<fleet::UpMessage> messages = {};
  std::vector<SetAside> aside = {};
  std::vector<RolloutLine> lines = {};  ///< Made of the messages' reports.
  std::int64_t now = 0;                 ///< Seconds since 1970.
};

/// What of one outbox was committed, to be told to its device.
struct CommittedUplink {
  std::string device = {};
  fleet::Cursors cursors = {};
};

struct UplinkRow {
  std::string outbox = {};
  std::uint64_t seq = 0;
  std::string kind = {}, learner = {}, body = {};
};

/// Thread: one at a time. Fails: as HubDatabase.
class HubRecords {
 public:
  explicit HubRecords(HubDatabase& database) : database_(&database) {}

  /// What was kept before, into memory. Call first, and where a transaction of others failed.
  Status Load();

  /// Keeps all of it or nothing, and then knows it. A record that a learner has withdrawn is
  /// dropped wherever it comes later. Gives the cursors that follow.
  Result<std::vector<CommittedUplink>> Commit(const Batch& batch);

  const Inventory& inventory() const { return inventory_; }
  std::int64_t kept_records() const { return kept_records_; }  ///< Since this program began.
  /// What was taken in since then; what waits is the intake's to say.
  const fleet::IntakeCounters& taken_in() const { return taken_in_; }

  Result<fleet::Cursors> CursorsOf(const std::string& device, const std::string& outbox);
  Result<std::string> TelemetryOf(const std::string& device);
  /// Of all devices, with what is known of them.
  Status EachTelemetry(const fleet::FleetNow::Teller& tell);
  /// The newest first.
  Result<std::vector<UpdateEvent>> EventsOf(const std::string& device, int most);
  Result<std::vector<UplinkRow>> UplinkOf(const std::string& device, int most);
  Result<std::vector<SetAside>> Aside(int most);
  Result<std::int64_t> CountAside();

  /// What operators have set. Fails: kNotFound.
  Status SetLabels(const std::string& device, const std::vector<std::string>& tags,
                   const std::vector<std::string>& groups);
  /// Drops records, and messages that were set aside, that came before a time; of each at most
  /// `most`. Gives how many went.
  Result<std::int64_t> DropBefore(std::int64_t seconds, int most);
  /// All that is known of it goes, its records too. Fails: kNotFound.
  Status Forget(const std::string& device);

 private:
  using Row = HubDatabase::Row;
  /// Device, learner, class: numbers of a device go on over its outboxes, so one is enough for all.
  using Forgotten = std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t>;

  Status KeepHeartbeats(const Batch& batch);
  Status KeepEvents(const Batch& batch);
  Status KeepDeletions(const Batch& batch);
  Status KeepUplinks(const Batch& batch);
  Status KeepRest(const Batch& batch);
  void Know(const Batch& batch);

  HubDatabase* database_;
  Inventory inventory_;
  Forgotten forgotten_;
  std::int64_t kept_records_ = 0;
  fleet::IntakeCounters taken_in_;
};

}  // namespace euphone::hub
