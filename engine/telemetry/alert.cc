#include "telemetry/alert.h"

namespace euphone {

AlertState NextAlert(const AlertRule& rule, AlertState state, std::optional<double> value,
                     std::int64_t now) {
  if (!value) return state;
  const bool turns = state.raised ? *value < rule.clear_below : *value >= rule.raise_at;
  if (!turns) {
    state.turning.reset();
    return state;
  }
  if (!state.turning || *state.turning > now) state.turning = now;
  if (now - *state.turning < (state.raised ? rule.clear_after : rule.raise_after)) return state;
  return {.raised = !state.raised, .since = now};
}

}  // namespace euphone
