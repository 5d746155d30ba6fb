#include "rollout/device_json.h"

#include <nlohmann/json.hpp>
#include <unordered_set>

#include "rollout/rollout_plan.h"
#include "rollout/strict_object.h"

namespace euphone {
namespace {

nlohmann::ordered_json VersionsJson(const std::vector<BundleVersion>& versions) {
  auto list = nlohmann::ordered_json::array();
  for (const BundleVersion& one : versions)
    list.push_back({{"bundle", one.bundle}, {"version", one.version.Text()}});
  return list;
}

void ReadVersions(StrictObject& object, std::string_view key,
                  std::vector<BundleVersion>& versions) {
  object.Objects(key, 0, 64, [&versions](StrictObject& entry) {
    BundleVersion& one = versions.emplace_back();
    entry.Require("bundle");
    entry.Text("bundle", one.bundle, 64);
    entry.Require("version");
    entry.Version("version", one.version);
  });
}

void ReadHealth(StrictObject& object, DeviceHealth& health) {
  std::int64_t loops = 0;
  object.Integer("crash_loops", loops, 0, 1'000'000);
  health.crash_loops = static_cast<int>(loops);
  object.Flag("self_test", health.self_test);
  object.Number("anomaly_rate", health.anomaly_rate, 0.0, 1.0);
}

}  // namespace

std::string DeviceLine(const DeviceRecord& device) {
  nlohmann::ordered_json line = {{"id", device.id},
                                 {"tags", device.tags},
                                 {"groups", device.groups},
                                 {"hardware", device.hardware},
                                 {"runtime", device.runtime.Text()},
                                 {"bundles", VersionsJson(device.bundles)},
                                 {"refused", VersionsJson(device.refused)},
                                 {"site", device.site},
                                 {"locale", device.locale},
                                 {"utc_offset_minutes", device.utc_offset_minutes},
                                 {"charging", device.charging},
                                 {"metered", device.metered},
                                 {"in_lesson", device.in_lesson},
                                 {"last_seen", device.last_seen}};
  if (device.battery) line["battery"] = *device.battery;
  line["health"] = {{"crash_loops", device.health.crash_loops},
                    {"self_test", device.health.self_test},
                    {"anomaly_rate", device.health.anomaly_rate}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<DeviceRecord> ReadDeviceLine(std::string_view text) {
  const auto value = ParseObject(text);
  if (!value) return value.error();
  Status status;
  StrictObject line(*value, "", status);
  DeviceRecord device;
  line.Require("id");
  line.Text("id", device.id, 128);
  line.Texts("tags", device.tags, 64, 64);
  line.Texts("groups", device.groups, 64, 64);
  line.Text("hardware", device.hardware, 64, true);
  line.Version("runtime", device.runtime);
  ReadVersions(line, "bundles", device.bundles);
  ReadVersions(line, "refused", device.refused);
  line.Text("site", device.site, 128, true);
  line.Text("locale", device.locale, 64, true);
  std::int64_t offset = 0, battery = 100;
  line.Integer("utc_offset_minutes", offset, -14 * 60, 14 * 60);
  device.utc_offset_minutes = static_cast<int>(offset);
  line.Integer("battery", battery, 0, 100);
  if (line.Has("battery")) device.battery = static_cast<int>(battery);
  line.Flag("charging", device.charging);
  line.Flag("metered", device.metered);
  line.Flag("in_lesson", device.in_lesson);
  line.Integer("last_seen", device.last_seen, 0, std::int64_t{1} << 40);
  line.Object("health", [&device](StrictObject& health) { ReadHealth(health, device.health); });
  line.RefuseOthers();
  if (!status) return status.error();
  return device;
}

Result<std::vector<DeviceRecord>> ReadInventory(std::string_view lines) {
  std::vector<DeviceRecord> devices;
  std::unordered_set<std::string> ids;
  for (std::size_t number = 1; !lines.empty(); ++number) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines = end == std::string_view::npos ? std::string_view() : lines.substr(end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = "line " + std::to_string(number);
    auto device = ReadDeviceLine(line);
    if (!device) return Prefixed(where, device.error());
    if (!ids.insert(device->id).second)
      return Error{Errc::kInvalidArgument,
                   where + ": the device " + device->id + " is there twice"};
    if (devices.size() == kMostDevices)
      return Error{Errc::kTooLarge, "over " + std::to_string(kMostDevices) + " devices"};
    devices.push_back(*std::move(device));
  }
  return devices;
}

}  // namespace euphone
