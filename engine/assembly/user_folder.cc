#include "assembly/user_folder.h"

#include <cstdlib>
#include <string>

namespace euphone {
namespace {

namespace fs = std::filesystem;

/// A folder of the XDG base directories.
Result<fs::path> XdgFolder(const char* variable, const char* below_home) {
  if (const char* const set = std::getenv(variable); set != nullptr && *set == '/')
    return fs::path(set) / "euphone";
  if (const char* const home = std::getenv("HOME"); home != nullptr && *home != '\0')
    return fs::path(home) / below_home / "euphone";
  return Error{Errc::kNotFound, std::string("nobody says where your files are; set HOME, or ") +
                                    variable + " to a folder"};
}

}  // namespace

Result<fs::path> UserFolder() { return XdgFolder("XDG_DATA_HOME", ".local/share"); }
Result<fs::path> UserConfigFolder() { return XdgFolder("XDG_CONFIG_HOME", ".config"); }
Result<fs::path> UserCacheFolder() { return XdgFolder("XDG_CACHE_HOME", ".cache"); }

fs::path TelemetryFolder() {
  if (const char* named = std::getenv("EUPHONE_TELEMETRY"); named != nullptr) return named;
  const auto folder = UserFolder();
  return folder ? *folder / "telemetry" : fs::path();
}

}  // namespace euphone
