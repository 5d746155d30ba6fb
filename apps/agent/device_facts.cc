#include "agent/device_facts.h"

#include <algorithm>
#include <system_error>

#include "agent/offer_runner.h"
#include "agent/offer_stage.h"
#include "model/bundle.h"
#include "update/in_use.h"

namespace euphone::agent {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostVersions = 64;  // Of a record, each kind.

void Add(std::vector<BundleVersion>& versions, const std::string& bundle,
         const std::string& version) {
  const auto read = ReadSemVer(version);
  if (read && versions.size() < kMostVersions)
    versions.push_back({.bundle = bundle, .version = *read});
}

/// Bundles on probation that were begun so often without an end that programs take what was before.
int CrashLoops(const fs::path& updates, const DeviceState& state) {
  return static_cast<int>(std::ranges::count_if(state.bundles, [&](const auto& one) {
    const SlotState& slots = one.second;
    return slots.active && slots.probation > 0 &&
           ReadTrial(updates, one.first, slots.in(*slots.active)->id).starts >= kMostStarts;
  }));
}

}  // namespace

std::map<std::string, std::string> FactoryVersions(const fs::path& factory) {
  std::map<std::string, std::string> versions;
  std::error_code error;
  for (fs::directory_iterator entry(factory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (const auto bundle = Bundle::Open(entry->path()))
      versions.emplace(entry->path().filename(), bundle->manifest().version);
  }
  return versions;
}

Result<DeviceRecord> DescribeDevice(const AgentConfig& config, const Updater& updater,
                                    const std::map<std::string, std::string>& factory,
                                    const Power& power) {
  const auto state = updater.state();
  if (!state) return state.error();
  const fs::path& updates = updater.config().updates;
  DeviceRecord record;
  record.id = config.device;
  record.hardware = config.hardware;
  record.runtime = ReadSemVer(updater.config().platform.runtime).value_or(SemVer());
  std::map<std::string, std::string> in_use = factory;
  for (const auto& [name, slots] : state->bundles) {
    if (slots.active) in_use[name] = slots.in(*slots.active)->version;
    for (const BadRelease& bad : slots.bad) Add(record.refused, name, bad.release.version);
  }
  for (const auto& [name, version] : in_use) Add(record.bundles, name, version);
  record.site = config.site;
  record.locale = config.locale;
  record.utc_offset_minutes = UtcOffsetMinutes();
  record.battery = power.battery;
  record.charging = power.charging;
  record.metered = config.metered;
  record.in_lesson = InLesson(updates);
  record.health.crash_loops = CrashLoops(updates, *state);
  record.health.self_test = SelfTestsPassed(*state);
  return record;
}

}  // namespace euphone::agent
