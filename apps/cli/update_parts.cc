#include "update_parts.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "assembly/updated_bundle.h"
#include "update/metadata.h"
#include "version.h"

namespace euphone::cli {
namespace {

Platform ThisDevice() {
  utsname system{};
  ::uname(&system);
  const std::int64_t memory = ::sysconf(_SC_PHYS_PAGES) * ::sysconf(_SC_PAGE_SIZE);
  return {.compatible = "euphone",
          .runtime = kVersion,
          .hardware = system.machine,
          .memory_mb = memory >> 20};
}

}  // namespace

Result<std::filesystem::path> RequireUpdates() {
  std::filesystem::path folder = UpdatesFolder();
  if (!folder.empty()) return folder;
  return Error{Errc::kNotFound,
               "nobody says where updates are kept; set HOME or EUPHONE_UPDATES to a folder"};
}

Result<UpdaterConfig> ThisUpdaterConfig(const InstallationOptions& installation,
                                        const TryOptions& options) {
  const auto updates = RequireUpdates();
  if (!updates) return updates.error();
  const auto data = FindData(installation);
  if (!data) return data.error();
  UpdaterConfig config{
      .updates = *updates,
      .factory = *data / "models",
      .platform = ThisDevice(),
      .shadow = {},
      .probation = options.probation,
      .self_test = [seconds = options.self_test_seconds](const std::filesystem::path& bundle) {
        return SelfTestApart(bundle, seconds);
      }};
  config.shadow.utterances = options.utterances;
  return config;
}

nlohmann::ordered_json EventsJson(const DeviceState& state) {
  auto events = nlohmann::ordered_json::array();
  for (const UpdateEvent& event : state.events)
    events.push_back({{"number", event.number},
                      {"at", InstantText(event.at)},
                      {"name", event.name},
                      {"version", event.version},
                      {"what", event.what},
                      {"reason", event.reason}});
  return events;
}

}  // namespace euphone::cli
