#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace euphone {

/// Gives the content of the first regular file called `name` (or "./name") in an uncompressed tar
/// in memory. At most 256 entries are looked at. Fails: kTooLarge over `max_bytes`; kCorrupt if the
/// archive is damaged or cut short before the end of the file, or lacks it.
Result<std::string> ReadFromTar(std::span<const std::byte> archive, const std::string& name,
                                std::size_t max_bytes);

}  // namespace euphone
