#pragma once

#include <cstdint>

namespace euphone {

/// By this device's clock: milliseconds since 1970, UTC, and how far the local one is ahead of it.
std::int64_t NowMs();
std::int64_t UtcOffsetMs();

}  // namespace euphone
