#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/wire.h"
#include "hub/desk_records.h"
#include "hub/hub_records.h"
#include "rollout/rollout.h"

namespace euphone::hub {

/// A report as it came.
struct DeviceReport {
  std::string device = {};
  fleet::OfferReport report = {};
};

/// Runs rollouts: what Rollout::Decide says is kept in its log first, and then it is an order. All
/// that it knows follows from what is kept: after any failure it is folded anew.
/// Thread: one at a time. Fails: as HubDatabase; as Rollout's readers where a log is damaged.
class RolloutDesk {
 public:
  RolloutDesk(DeskRecords& records, const Inventory& inventory)
      : records_(&records), inventory_(&inventory) {}

  /// Folds all logs, where they are not folded yet, or what was written may not have been kept.
  Status Load();
  /// What is known no longer counts: Load() again.
  void Doubt() { loaded_ = false; }

  /// Lines that these reports add to the logs. Keep them, then Take() them.
  std::vector<RolloutLine> LinesOf(const std::vector<DeviceReport>& reports, std::int64_t now);
  void Take(const std::vector<RolloutLine>& lines);

  /// Freezes who it is for. Fails: kInvalidArgument: its id is taken, it picks no device.
  Status Submit(const std::string& plan, const std::string& who, std::int64_t now);
  /// An operator's word. Fails: kNotFound; kInvalidArgument where it makes no sense now.
  Status Tell(const std::string& rollout, const RolloutEvent& event);

  /// What is decided at `now`, kept and applied.
  Status Tick(std::int64_t now);

  /// What a device is to take, and to whom that may be new since the last call.
  fleet::Orders OrdersOf(const std::string& device) const;
  std::set<std::string> TakeChanged() { return std::exchange(changed_, {}); }
  /// All that have an offer.
  std::set<std::string> DevicesWithOrders() const;

  struct Run {
    KeptRollout kept;
    Rollout rollout;
    std::int64_t lines = 0;  ///< In its log.
    std::vector<const DeviceRecord*> devices = {};
    std::uint64_t as_of = 0;  ///< Inventory::changes when `devices` were looked up.
  };
  /// In the order in which they were submitted.
  const std::vector<std::unique_ptr<Run>>& runs() const { return runs_; }
  const Run* Find(const std::string& rollout) const;

 private:
  Run* Find(const std::string& rollout);
  /// Keeps and applies.
  Status Add(Run& run, const RolloutEvent& event);

  DeskRecords* records_;
  const Inventory* inventory_;
  std::vector<std::unique_ptr<Run>> runs_;
  std::set<std::string> changed_;
  bool loaded_ = false;
};

}  // namespace euphone::hub
