#pragma once

#include <cstdint>
#include <string>

namespace euphone {

inline constexpr std::int64_t kDayMs = 24 * 3600 * 1000;

/// Days since 1970; rounds towards the past, also before 1970.
constexpr std::int64_t DayOf(std::int64_t ms) {
  return ms >= 0 ? ms / kDayMs : -((-ms + kDayMs - 1) / kDayMs);
}
static_assert(DayOf(-1) == -1 && DayOf(kDayMs) == 1);

/// "2026-11-27", of days since 1970.
std::string DateOf(std::int64_t day);

}  // namespace euphone
