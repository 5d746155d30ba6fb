#include "sync/stamp.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace euphone {

Stamp NextStamp(const Stamp& latest, std::int64_t now_ms, std::string device, std::uint64_t seq) {
  Stamp next{std::clamp<std::int64_t>(now_ms, 0, kLastMs), 0, std::move(device), seq};
  if (next.ms > latest.ms) return next;
  next.ms = latest.ms;
  if (latest.counter == std::numeric_limits<std::uint32_t>::max()) {
    ++next.ms;
  } else {
    next.counter = latest.counter + 1;
  }
  return next;
}

}  // namespace euphone
