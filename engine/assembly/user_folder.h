#pragma once

#include <filesystem>

#include "base/result.h"

namespace euphone {

/// Where this program keeps what is its user's: $XDG_DATA_HOME/euphone, else
/// ~/.local/share/euphone. It need not be there. Fails: kNotFound, where neither is known.
Result<std::filesystem::path> UserFolder();

/// Likewise for settings and keys: $XDG_CONFIG_HOME/euphone, else ~/.config/euphone.
Result<std::filesystem::path> UserConfigFolder();

/// Likewise for what can be made again: $XDG_CACHE_HOME/euphone, else ~/.cache/euphone.
Result<std::filesystem::path> UserCacheFolder();

/// Where this device counts what it does (monitor/telemetry_log.h), if the folder is there:
/// $EUPHONE_TELEMETRY, else the user's folder; empty where the variable is, and where nobody says
/// where the user's files are.
std::filesystem::path TelemetryFolder();

}  // namespace euphone
