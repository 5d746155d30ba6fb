#pragma once

#include <cstdint>
#include <optional>

namespace euphone {

/// When something is told, and when it is over: a higher edge and a lower one, and a time for each,
/// so that what lies close to an edge does not call and fall silent all day.
struct AlertRule {
  double raise_at = 0.0;         ///< From here on it is bad …
  std::int64_t raise_after = 0;  ///< … once it was for so many seconds.
  double clear_below = 0.0;      ///< REQUIRES: at most raise_at.
  std::int64_t clear_after = 0;
};

struct AlertState {
  bool raised = false;
  std::int64_t since = 0;  ///< When it was raised, or cleared.
  /// Since when the value has asked for the other state; absent: it does not.
  std::optional<std::int64_t> turning = std::nullopt;

  bool operator==(const AlertState&) const = default;
};

/// What an alert becomes of a value seen at `now`, in seconds. Without a value it stays as it is:
/// no news is neither good nor bad. A clock that was set back begins the waiting anew. Pure.
AlertState NextAlert(const AlertRule& rule, AlertState state, std::optional<double> value,
                     std::int64_t now);

}  // namespace euphone
