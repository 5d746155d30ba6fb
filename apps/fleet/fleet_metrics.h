#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fleet/fleet_drift.h"
#include "rollout/device_record.h"
#include "rollout/rollout.h"

namespace euphone::fleet {

/// What a hub has taken in since it began, and what waits.
struct IntakeCounters {
  std::uint64_t heartbeats = 0, reports = 0, events = 0, uplinks = 0;  ///< Messages.
  std::uint64_t records = 0;  ///< Of outboxes, that were kept.
  std::uint64_t refused = 0;  ///< Messages that were none.
  std::uint64_t waiting = 0;  ///< Messages that have come and are not kept yet.
  double lag_seconds = 0.0;   ///< How long the oldest of them has waited.
};

/// A fleet as its hub knows it.
struct FleetNow {
  /// Tells of each device: its record, and its last euphone.telemetry/1, or an empty text.
  using Teller = std::function<void(const DeviceRecord& record, std::string_view telemetry)>;
  std::function<Status(const Teller&)> devices = {};
  std::vector<const Rollout*> rollouts = {};
  IntakeCounters intake = {};
  FindReference reference = {};
  std::int64_t now = 0;                 ///< Seconds since 1970.
  std::int64_t silent_after = 15 * 60;  ///< Seconds after which a device is called silent.
};

/// Lines of their own have so many devices, in the order of their names; all count in the fleet's.
inline constexpr std::size_t kMostDevicesTold = 2000;
inline constexpr std::size_t kMostRolloutsTold = 32;  ///< The last ones.
inline constexpr std::size_t kMostVersionsTold = 32;  ///< Of bundles.

/// Writes what a hub knows as Prometheus reads it: docs/formats/metrics.md lists the families.
/// Thread: one at a time.
class FleetMetrics {
 public:
  /// Fails: as FleetNow::devices. Telemetry that cannot be read is counted, and else passed over.
  Result<std::string> Text(const FleetNow& fleet);

 private:
  FleetDrift drift_;
};

}  // namespace euphone::fleet
