#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Where a device stands in a rollout, in the order of what outranks what: of two reports about the
/// same attempt the later of these is true, however they arrived. Kept in logs by name.
enum class DeviceStage {
  kPending,
  kOffered,
  kDownloading,
  kStaged,
  kShadowing,
  kSkipped,
  kLost,
  kSucceeded,
  kFailed,
  kRolledBack,
};
inline constexpr std::array<std::string_view, 10> kStageNames = {
    "pending", "offered", "downloading", "staged", "shadowing",
    "skipped", "lost",    "succeeded",   "failed", "rolled_back"};

inline constexpr bool IsInFlight(DeviceStage stage) {
  return stage >= DeviceStage::kOffered && stage <= DeviceStage::kShadowing;
}

enum class RolloutEventKind {
  // An operator's.
  kSubmitted,
  kApproved,
  kPaused,
  kResumed,
  kAborted,
  // A device's.
  kReport,
  // Decided; what is to be done about each stands in Rollout::Decide().
  kAwaiting,
  kWaveStarted,
  kWaveReached,
  kOffered,
  kSkipped,
  kRecalled,
  kLost,
  kHalted,
  kCompleted,
  kExpired,
};
inline constexpr std::array<std::string_view, 16> kRolloutEventNames = {
    "submitted",    "approved",     "paused",  "resumed", "aborted",  "report", "awaiting_approval",
    "wave_started", "wave_reached", "offered", "skipped", "recalled", "lost",   "halted",
    "completed",    "expired"};

/// A line of a rollout's log. What a kind does not need stays as it is here.
struct RolloutEvent {
  RolloutEventKind kind = RolloutEventKind::kReport;
  std::int64_t at = 0;                        ///< Seconds since 1970, by the hub's clock.
  std::string device = {};                    ///< Of a report and of decisions about one.
  int attempt = 0;                            ///< From 1; which offer it belongs to.
  DeviceStage stage = DeviceStage::kPending;  ///< Of a report: downloading and later, but not lost.
  int wave = 0;                               ///< From 1.
  std::string reason = {};
  std::vector<std::string> targets = {};  ///< Of kSubmitted: ids, in any order.

  bool operator==(const RolloutEvent&) const = default;
};

/// A line of the log, without a line break: {"event":"offered","at":…,"device":"…","attempt":1}.
std::string EventLine(const RolloutEvent& event);
/// Fails: kCorrupt, kInvalidArgument naming the field.
Result<RolloutEvent> ReadEventLine(std::string_view line);

}  // namespace euphone
