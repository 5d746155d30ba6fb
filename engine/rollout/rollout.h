#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rollout/device_record.h"
#include "rollout/rollout_event.h"
#include "rollout/rollout_plan.h"

namespace euphone {

enum class RolloutState {
  kDraft,
  kAwaitingApproval,
  kRunning,
  kPaused,
  kCompleted,  ///< Every device has come to an end, or the time was up.
  kAborted,    ///< By an operator.
  kHalted,     ///< By a threshold.
};
inline constexpr std::array<std::string_view, 7> kRolloutStateNames = {
    "draft", "awaiting_approval", "running", "paused", "completed", "aborted", "halted"};

/// A device in a rollout.
struct RolloutDevice {
  std::string id;
  int wave = 0;  ///< From 1.
  DeviceStage stage = DeviceStage::kPending;
  std::string reason = {};
  int attempt = 0;            ///< Offers so far; one more where it was skipped before an offer.
  bool open_attempt = false;  ///< Whether reports about this attempt count: it was offered.
  std::int64_t offered_at = 0;
};

/// What of a wave can be counted.
struct WaveTally {
  std::array<std::size_t, kStageNames.size()> by_stage = {};
  std::size_t lost_answered = 0;  ///< Of those that are lost.
  std::size_t size = 0;

  std::size_t Of(DeviceStage stage) const { return by_stage[static_cast<std::size_t>(stage)]; }
  std::size_t in_flight() const;
  std::size_t counted() const { return size - Of(DeviceStage::kSkipped); }
  std::size_t open() const { return Of(DeviceStage::kPending) + in_flight(); }
  std::size_t done() const { return counted() - open(); }
  std::size_t errors(LostRule lost) const;
};

/// A rollout as its log has made it: Apply() folds an event in, Decide() says what comes next. Both
/// know nothing but their arguments, so that the same log gives the same rollout anywhere, and any
/// beginning of a log can be gone on from.
///
/// What devices report may come twice, late and in any order: between two calls of Decide() only
/// the set of reports matters. A report is heard if it is about the last offer; of two, what
/// outranks counts (DeviceStage).
///
/// Thread: one at a time.
class Rollout {
 public:
  /// REQUIRES: as ReadRolloutPlan() gives it.
  explicit Rollout(RolloutPlan plan);
  Rollout(Rollout&&) = default;  ///< Not to be copied: its index looks into it.
  Rollout& operator=(Rollout&&) = default;

  /// The event that begins it: those of the inventory that the filter picks. Apply() it.
  RolloutEvent Submit(std::span<const DeviceRecord> inventory, std::int64_t now) const;

  /// What makes no sense now, or is known already, changes nothing.
  void Apply(const RolloutEvent& event);

  /// What is to be done, in this order, and is applied already. Keep it, then do it:
  ///   kOffered           send the device the offer, with `attempt`
  ///   kRecalled          tell it to drop what it has not installed yet
  ///   kAwaiting          ask an operator, about `wave`
  ///   all others         keep and show
  /// Sending an offer or recall twice does no harm. `records[i]` is what is known of devices()[i],
  /// nullptr where nothing is: then it waits. Once it has been applied, asking again with the same
  /// `now` gives nothing. REQUIRES: as many records as devices.
  std::vector<RolloutEvent> Decide(std::span<const DeviceRecord* const> records, std::int64_t now);

  const RolloutPlan& plan() const { return plan_; }
  RolloutState state() const;
  const std::string& reason() const { return reason_; }  ///< Why it has ended.
  bool ended() const { return end_ != RolloutState::kDraft; }
  int wave() const { return wave_; }  ///< That was started last; 0: none.
  /// In the order in which they are offered; waves are runs of it.
  const std::vector<RolloutDevice>& devices() const { return devices_; }
  const std::vector<WaveTally>& waves() const { return tallies_; }
  std::size_t in_flight() const;
  /// Whether nothing can be decided any more.
  bool settled() const { return ended() && open_ == 0; }
  /// Index in devices(), or devices().size().
  std::size_t Find(std::string_view device) const;

 private:
  struct OfferMade {
    std::size_t device;
    int attempt;
  };
  using Decisions = std::vector<RolloutEvent>;

  void Begin(const RolloutEvent& event);
  void End(RolloutState state, const std::string& reason);
  void StartWave(int wave);
  void Offer(std::size_t device, const RolloutEvent& event);
  void Skip(std::size_t device, const RolloutEvent& event);
  void Join(std::size_t device, int attempt, DeviceStage stage, const std::string& reason);
  bool MayRetry(const RolloutDevice& device) const;
  /// Of a failure that will be tried again: pending.
  DeviceStage Effective(const RolloutDevice& device) const;
  void Count(std::size_t device, bool add);
  template <class Change>
  void Changed(std::size_t device, Change change);

  void Decided(Decisions& made, RolloutEvent event);
  void DecideOnce(Decisions& made, std::span<const DeviceRecord* const> records, std::int64_t now);
  void CleanUp(Decisions& made, std::int64_t now);
  void LoseSilent(Decisions& made, std::int64_t now);
  void CheckErrors(Decisions& made, std::int64_t now);
  bool TimeIsUp(std::int64_t now) const { return now - submitted_at_ >= plan_.ends_after; }
  void Advance(Decisions& made, std::int64_t now);
  bool WaveIsOver(Decisions& made, std::int64_t now);
  void MakeOffers(Decisions& made, std::span<const DeviceRecord* const> records, std::int64_t now);
  /// Why the device gets none of it, ever; empty: it does.
  const char* Excluded(const DeviceRecord& record) const;
  bool IsTime(const RolloutDevice& device, const DeviceRecord& record, std::int64_t now) const;

  RolloutPlan plan_;
  std::vector<RolloutDevice> devices_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  ///< Views of devices_' ids.
  std::vector<WaveTally> tallies_;
  std::vector<std::int64_t> reached_;  ///< By wave; -1: not yet.
  std::set<int> approved_;
  std::vector<std::uint64_t>
      waiting_;                    ///< A bit for each device that is pending in a started wave.
  std::vector<OfferMade> offers_;  ///< In the order of time.
  std::size_t answered_upto_ = 0, finished_upto_ = 0;  ///< Offers whose time is up.
  std::size_t open_ = 0;                               ///< Devices that have not come to an end.
  RolloutState end_ = RolloutState::kDraft;            ///< How it ended; kDraft: it has not.
  std::string reason_;
  bool submitted_ = false, paused_ = false;
  int wave_ = 0, awaiting_ = 0;
  std::int64_t submitted_at_ = 0;
};

}  // namespace euphone
