#pragma once

#include <cstddef>
#include <span>

namespace euphone {

/// Tells the system that the bytes of a mapped file need not be in memory for now; reading them
/// brings them back. REQUIRES: whole pages of a MappedFile, as memory of any other kind would lose
/// what it holds.
void ForgetPages(std::span<const std::byte> mapped);

}  // namespace euphone
