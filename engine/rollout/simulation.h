#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rollout/rollout.h"
#include "rollout/virtual_fleet.h"

namespace euphone {

/// Monday, 5 January 2026, 08:00 UTC: when every simulated rollout is submitted.
inline constexpr std::int64_t kSimulationStart = 1767600000;

struct SimulationOptions {
  std::vector<VirtualFault> faults = {};  ///< RateOf() says what holds where.
  std::uint64_t seed = 1;
  int days = 30;                           ///< How long at most.
  double megabytes = 15.0;                 ///< Of a bundle.
  std::int64_t approval_delay = 4 * 3600;  ///< How long an operator takes to say yes.
  std::int64_t tick = 300;                 ///< How often the hub decides, in seconds.
  /// Told how many of the days have passed; false: stop here. May be empty.
  std::function<bool(double days)> progress = {};
};

/// Seconds after the start; absent: not within the time.
using Moment = std::optional<std::int64_t>;

struct SimulatedWave {
  std::size_t size = 0;
  Moment started = std::nullopt, reached = std::nullopt;  ///< Reached: its success rule.
  Moment ended = std::nullopt;                            ///< Its last device has come to an end.
  WaveTally tally = {};                                   ///< At the end.
};

struct SimulatedHour {
  double hours = 0.0;
  std::size_t succeeded = 0, errors = 0, in_flight = 0;
};

struct SimulationResult {
  std::uint64_t seed = 0;
  RolloutState state = RolloutState::kDraft;
  std::string reason = {};
  Moment ended = std::nullopt;
  std::size_t devices = 0, targets = 0;
  std::vector<SimulatedWave> waves = {};
  Moment half = std::nullopt, most = std::nullopt,
         nearly_all = std::nullopt;  ///< 50, 90, 99 % of targets.
  std::size_t offers = 0, peak_in_flight = 0;
  /// Devices that ran the version and crashed, or were never heard of again.
  std::size_t broken = 0;
  double gigabytes = 0.0;  ///< Downloaded, broken downloads included.
  std::vector<SimulatedHour> hours = {};
  std::size_t decisions = 0, reports = 0;
  bool stopped = false;  ///< By `progress`.

  std::size_t Of(DeviceStage stage) const;
};

/// Plays the rollout with virtual devices in virtual time, through Rollout::Decide() as it is. The
/// same inventory, plan and options give the same result. `inventory` gives the devices as they are
/// at the start; their battery, lessons and when they were last seen are made up.
SimulationResult Simulate(const RolloutPlan& plan, std::vector<DeviceRecord> inventory,
                          const SimulationOptions& options);

/// A figure over several runs: mean, and the range of 95 % of them.
struct SimulatedRange {
  std::string what;
  std::size_t runs = 0;  ///< That had it.
  double median = 0.0, low = 0.0, high = 0.0;
};
std::vector<SimulatedRange> RangesOf(const std::vector<SimulationResult>& results);

/// euphone.simulation/1 (docs/formats/rollout.md, contract/simulation.schema.json).
nlohmann::ordered_json SimulationJson(const RolloutPlan& plan,
                                      const std::vector<SimulationResult>& results);

}  // namespace euphone
