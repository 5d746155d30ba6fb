#pragma once

#include <chrono>

namespace euphone {

/// Real time since then, ms.
inline double MillisSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace euphone
