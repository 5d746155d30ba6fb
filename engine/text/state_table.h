#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace euphone {

/// Where a state's postal code is not another word or acronym.
enum class StateUse : std::uint8_t {
  kAnywhere,
  kAfterPlace,   ///< "Boise, ID"
  kClosesPlace,  ///< "Portland, OR.", but not "tea, OR coffee"
  kBeforeZip,    ///< "Tulsa, OK 74103"
};

struct State {
  std::string_view code;
  std::string_view name;
  StateUse use = StateUse::kAfterPlace;
};

inline constexpr auto kStates = std::to_array<State>({
    {"AK", "alaska"},
    {"AL", "alabama"},
    {"AR", "arkansas"},
    {"AZ", "arizona", StateUse::kAnywhere},
    {"CA", "california", StateUse::kAnywhere},
    {"CO", "colorado", StateUse::kClosesPlace},
    {"CT", "connecticut"},
    {"DE", "delaware", StateUse::kClosesPlace},
    {"FL", "florida", StateUse::kAnywhere},
    {"GA", "georgia"},
    {"HI", "hawaii", StateUse::kBeforeZip},
    {"IA", "iowa"},
    {"ID", "idaho", StateUse::kClosesPlace},
    {"IL", "illinois"},
    {"IN", "indiana", StateUse::kClosesPlace},
    {"KS", "kansas"},
    {"KY", "kentucky", StateUse::kAnywhere},
    {"LA", "louisiana"},
    {"MA", "massachusetts"},
    {"MD", "maryland", StateUse::kBeforeZip},
    {"ME", "maine", StateUse::kClosesPlace},
    {"MI", "michigan"},
    {"MN", "minnesota", StateUse::kAnywhere},
    {"MO", "missouri"},
    {"MS", "mississippi"},
    {"MT", "montana"},
    {"NC", "north carolina"},
    {"ND", "north dakota"},
    {"NE", "nebraska"},
    {"NH", "new hampshire", StateUse::kAnywhere},
    {"NJ", "new jersey", StateUse::kAnywhere},
    {"NM", "new mexico"},
    {"NV", "nevada", StateUse::kAnywhere},
    {"NY", "new york", StateUse::kAnywhere},
    {"OH", "ohio", StateUse::kClosesPlace},
    {"OK", "oklahoma", StateUse::kBeforeZip},
    {"OR", "oregon", StateUse::kClosesPlace},
    {"PA", "pennsylvania"},
    {"RI", "rhode island"},
    {"SC", "south carolina"},
    {"SD", "south dakota"},
    {"TN", "tennessee", StateUse::kAnywhere},
    {"TX", "texas", StateUse::kAnywhere},
    {"UT", "utah"},
    {"VA", "virginia"},
    {"VT", "vermont"},
    {"WA", "washington"},
    {"WI", "wisconsin"},
    {"WV", "west virginia"},
    {"WY", "wyoming", StateUse::kAnywhere},
});
static_assert(std::ranges::is_sorted(kStates, {}, &State::code));

}  // namespace euphone
