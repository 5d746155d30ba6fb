#pragma once

#include <algorithm>
#include <thread>

namespace euphone::cli {

/// Cores that this process may use, at least 1.
inline unsigned Cores() { return std::max(1U, std::thread::hardware_concurrency()); }

}  // namespace euphone::cli
