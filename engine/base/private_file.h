#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace euphone {

/// Writes a file that nobody but the user can read (0600, in folders of 0700 where they have to be
/// made): readers see the old one or the new one, never half of it. Fails: kIo.
Status WritePrivateFile(const std::filesystem::path& path, std::string_view content);

}  // namespace euphone
