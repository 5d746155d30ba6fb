#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "corpus/corpus.h"

namespace euphone {

/// Largest list that is read, unpacked. Internal to this module, as all here.
inline constexpr std::size_t kMostListBytes = std::size_t{1} << 30;

Result<std::vector<ListedUtterance>> ReadKaldiFolder(const std::filesystem::path& folder);
Result<std::vector<ListedUtterance>> ReadLhotseManifest(const std::filesystem::path& file);

/// Where a recording lies that a list in the folder `list` names: relative paths are those of
/// where the list was made, which is the folder itself, one of the three above it, or here.
std::filesystem::path NearestAudio(const std::filesystem::path& list, const std::string& named);

}  // namespace euphone
