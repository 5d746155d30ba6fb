#pragma once

#include <filesystem>

#include "base/result.h"

namespace euphone::cli {

/// Where this program keeps what is its user's: $XDG_DATA_HOME/euphone, else
/// ~/.local/share/euphone. It need not be there. Fails: kNotFound, where neither is known.
Result<std::filesystem::path> UserFolder();

/// Likewise for settings and keys: $XDG_CONFIG_HOME/euphone, else ~/.config/euphone.
Result<std::filesystem::path> UserConfigFolder();

}  // namespace euphone::cli
