#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace euphone {

/// When a write counts, by a hybrid logical clock (Kulkarni, Demirbas, Madeppa, Avva and Leone
/// 2014): the wall clock's time where that is ahead, else one more than the latest that was seen.
/// So what was written in the knowledge of something is later than it, whatever the clocks say.
/// Unique: equal times are ordered by device and by the device's number of the write.
struct Stamp {
  std::int64_t ms = 0;  ///< Milliseconds since 1970, UTC; 0 to kLastMs.
  std::uint32_t counter = 0;
  std::string device = {};
  std::uint64_t seq = 0;
  friend auto operator<=>(const Stamp&, const Stamp&) = default;
};

/// The end of the year 9999: no clock is believed beyond it.
inline constexpr std::int64_t kLastMs = 253'402'300'799'999;

/// How far a write may be ahead of the hub's clock; beyond it, it counts as written when the hub
/// saw it. Five minutes, as Kerberos has it.
inline constexpr std::int64_t kMaxAheadMs = 5 * 60 * 1000;

/// The stamp of a write by `device` that has seen nothing later than `latest`; later than it.
/// Any `now_ms` will do, also one that has jumped.
Stamp NextStamp(const Stamp& latest, std::int64_t now_ms, std::string device, std::uint64_t seq);

}  // namespace euphone
