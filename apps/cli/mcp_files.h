#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace euphone::cli {

/// The regular file that `path` leads to, after all symbolic links, where that lies in `root`,
/// which must be free of links itself. Relative paths begin in the working directory. Fails:
/// kInvalidArgument for what lies elsewhere, be it there or not; kNotFound; kUnsupported for what
/// is no regular file.
Result<std::filesystem::path> FileUnder(const std::filesystem::path& root, const std::string& path);

}  // namespace euphone::cli
