#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone {

/// Zstandard (RFC 8878) with a checksum. Any thread.
std::string Compressed(std::string_view content);

/// Fails: kCorrupt; kTooLarge where the content has more than `most` bytes.
Result<std::string> Decompressed(std::string_view compressed, std::size_t most = 64 << 20);

}  // namespace euphone
