#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Writes a ZIP archive of named contents; it appears whole or not at all. Fails: kIo.
Status WriteZip(const std::filesystem::path& file,
                const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace euphone
