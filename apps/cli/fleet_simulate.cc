#include "fleet_simulate.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/file.h"
#include "fleet_table.h"
#include "progress.h"
#include "rollout/device_json.h"
#include "rollout/simulation.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostRolloutBytes = 1u << 20, kMostInventoryBytes = 2u << 30;

/// What a sound bundle meets on its way; a failure that is asked for takes the place of its kind.
constexpr const char* kUsualFailures[] = {"download=2%", "self-test=0.1%", "loss=0.05%"};

Result<RolloutPlan> PlanOf(const std::string& file) {
  const auto text = ReadFile(file, kMostRolloutBytes);
  if (!text) return text.error();
  auto plan = ReadRolloutPlan(*text);
  if (!plan) return Prefixed(file, plan.error());
  return plan;
}

Result<std::vector<VirtualFault>> FaultsOf(const std::vector<std::string>& failures) {
  std::vector<VirtualFault> faults;
  for (const char* usual : kUsualFailures) {
    auto fault = ReadFault(usual);
    if (!fault) return fault.error();
    faults.push_back(*std::move(fault));
  }
  for (const std::string& failure : failures) {
    auto fault = ReadFault(failure);
    if (!fault) return fault.error();
    faults.push_back(*std::move(fault));
  }
  return faults;
}

/// Absent: the devices are to be invented.
Result<std::optional<std::vector<DeviceRecord>>> InventoryOf(const std::string& file) {
  if (file.empty()) return std::optional<std::vector<DeviceRecord>>();
  const auto text = ReadFile(file, kMostInventoryBytes);
  if (!text) return text.error();
  auto inventory = ReadInventory(*text);
  if (!inventory) return Prefixed(file, inventory.error());
  return std::optional(*std::move(inventory));
}

}  // namespace

ExitCode SimulateFleet(const FleetSimulation& options) {
  const auto plan = PlanOf(options.rollout);
  if (!plan) return Report(plan.error());
  const auto faults = FaultsOf(options.failures);
  if (!faults) {
    Report(faults.error());
    return ExitCode::kUsage;
  }
  const auto inventory = InventoryOf(options.inventory);
  if (!inventory) return Report(inventory.error());

  const auto days = static_cast<std::size_t>(options.days);
  std::vector<SimulationResult> results;
  {
    Progress progress("simulating", days * static_cast<std::size_t>(options.repeat));
    for (int run = 0; run < options.repeat; ++run) {
      const std::uint64_t seed = options.seed + static_cast<std::uint64_t>(run);
      const auto told = [&progress, done = days * static_cast<std::size_t>(run)](double past) {
        progress.Update(done + static_cast<std::size_t>(past));
        return !Interrupted();
      };
      const SimulationOptions simulation{
          .faults = *faults,
          .seed = seed,
          .days = options.days,
          .megabytes = options.megabytes,
          .approval_delay = static_cast<std::int64_t>(options.approval_hours * 3600.0),
          .progress = told};
      results.push_back(Simulate(
          *plan, *inventory ? **inventory : InventedInventory(*plan, options.devices, seed),
          simulation));
      if (results.back().stopped) return ExitCode::kInterrupted;
    }
  }
  if (options.json) return Show(SimulationJson(*plan, results).dump() + "\n");
  return Show(FleetPage(*plan, results));
}

}  // namespace euphone::cli
