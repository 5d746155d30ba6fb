#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "bundle_self_test.h"
#include "installation.h"
#include "update/updater.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// How new bundles are tried on this device.
struct TryOptions {
  int utterances = ShadowRules().utterances;
  int probation = UpdaterConfig().probation;
  double self_test_seconds = kSelfTestSeconds;
};
void AddTryOptions(CLI::App& command, TryOptions& options);

/// UpdatesFolder(). Fails: kNotFound where there is none, saying what to set.
Result<std::filesystem::path> RequireUpdates();

/// For this device and program; self-tests run in processes of their own. Fails: kNotFound.
Result<UpdaterConfig> ThisUpdaterConfig(const InstallationOptions& installation,
                                        const TryOptions& options);

/// The device's events, as commands tell them to scripts.
nlohmann::ordered_json EventsJson(const DeviceState& state);

}  // namespace euphone::cli
