#include "assembly/device_choice.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "assembly/device_cache.h"
#include "assembly/device_trials.h"
#include "assembly/user_folder.h"
#include "model_ort/execution_provider.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

std::string Listed(const std::vector<ComputeDevice>& devices) {
  std::string names;
  for (const ComputeDevice device : devices)
    names += (names.empty() ? "" : ",") + std::string(NameOf(device));
  return names;
}

/// The file of choices; nothing where there is no place for it.
std::optional<DeviceCache> Cache() {
  const auto folder = UserCacheFolder();
  if (!folder) return std::nullopt;
  return DeviceCache(*folder / "devices.json");
}

/// Where nothing can be kept, the next process measures again.
void Keep(const std::string& key, ComputeDevice device) {
  if (const auto cache = Cache()) static_cast<void>(cache->Keep(key, device));
}

/// The fastest of these, measured now or before.
ComputeDevice Fastest(const Bundle& bundle, const ModelOptions& settings,
                      const std::vector<ComputeDevice>& candidates) {
  const std::string key = ChoiceKey(bundle, settings, Listed(candidates));
  if (const auto cache = Cache()) {
    if (const auto known = cache->Find(key)) return *known;
  }
  const ComputeDevice best = BestOf(TryDevices(bundle, settings, candidates));
  Keep(key, best);
  return best;
}

/// The processor, and those of `devices` that the options leave to measurement.
std::vector<ComputeDevice> Candidates(const std::vector<ComputeDevice>& devices,
                                      const InstallationOptions& options) {
  const auto named = DeviceNamed(options.device);
  std::vector<ComputeDevice> candidates;
  for (const ComputeDevice device : devices) {
    if (device == ComputeDevice::kCpu || !named || device == *named) candidates.push_back(device);
  }
  return candidates;
}

/// The device that is taken without a measurement; nothing where one decides.
std::optional<ComputeDevice> Settled(const InstallationOptions& options) {
  const auto named = DeviceNamed(options.device);
  const bool settled =
      named && (*named == ComputeDevice::kCpu || PolicyOf(options) != DevicePolicy::kAuto);
  return settled ? named : std::nullopt;
}

ModelOptions PlainSettings(const InstallationOptions& options) {
  ModelOptions settings = options.model_options();
  settings.unit = options.device_unit;
  return settings;
}

/// A folder for what a device compiles; empty where there can be none.
std::string CompiledFolder(ComputeDevice device) {
  const auto folder = UserCacheFolder();
  if (!folder) return "";
  const fs::path place = *folder / "compiled" / NameOf(device);
  std::error_code failed;
  fs::create_directories(place, failed);
  return failed ? "" : place.string();
}

}  // namespace

std::vector<std::string> DeviceChoices() {
  std::vector<std::string> names = {"auto"};
  for (const NamedDevice& named : kComputeDevices) names.emplace_back(named.name);
  return names;
}

DevicePolicy PolicyOf(const InstallationOptions& options) {
  if (options.device_policy == "require") return DevicePolicy::kRequire;
  if (options.device_policy == "prefer") return DevicePolicy::kPrefer;
  if (options.device_policy == "auto" || options.device == "auto") return DevicePolicy::kAuto;
  return DevicePolicy::kRequire;
}

Result<ModelOptions> DeviceSettings(const Bundle& bundle, const InstallationOptions& options,
                                    Hearing hearing) {
  ModelOptions settings = PlainSettings(options);
  if (const auto settled = Settled(options)) {
    settings.device = *settled;
  } else if (hearing == Hearing::kWhole) {
    const auto devices = DevicesOfRuntime();
    if (!devices) return devices.error();
    const auto candidates = Candidates(*devices, options);
    if (candidates.size() > 1) settings.device = Fastest(bundle, settings, candidates);
  }
  if (settings.device != ComputeDevice::kCpu)
    settings.device_cache = CompiledFolder(settings.device);
  return settings;
}

ComputeDevice ChoiceAfter(const std::vector<DeviceFinding>& findings, const Bundle& bundle,
                          const InstallationOptions& options) {
  if (const auto settled = Settled(options)) return *settled;
  std::vector<ComputeDevice> devices;
  for (const DeviceFinding& finding : findings) devices.push_back(finding.device);
  const auto candidates = Candidates(devices, options);
  std::vector<DeviceFinding> measured;
  for (const DeviceFinding& finding : findings) {
    if (std::ranges::count(candidates, finding.device)) measured.push_back(finding);
  }
  const ComputeDevice best = BestOf(measured);
  if (candidates.size() > 1)
    Keep(ChoiceKey(bundle, PlainSettings(options), Listed(candidates)), best);
  return best;
}

}  // namespace euphone
