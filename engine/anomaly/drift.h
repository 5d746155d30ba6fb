#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace euphone {

/// What counts as a lasting change of one measure.
struct DriftRule {
  double least_spread = 0.0;  ///< Above 0; the first takes are not believed to vary less.
  double least_change = 0.0;  ///< Less than that is no news, however certain.
  bool upwards = true;        ///< Whether a rise is looked for …
  bool downwards = true;      ///< … and a fall.
};

/// A change that began at `since` and still lasts.
struct Drift {
  std::size_t since = 0;  ///< The first take of the day on which it began.
  double change = 0.0;    ///< How far the last days lie from the first ones.
  bool gradual = false;   ///< It has been growing since then, rather than come at once.
};

/// The first days, with which later ones are compared: at least so much of each.
inline constexpr std::size_t kFirstDays = 3;
inline constexpr std::size_t kFirstTakes = 8;

/// How many takes belong to the first days; 0 where nothing comes after them. `days`: a number that
/// never falls, the same for takes of one day.
std::size_t FirstTakes(std::span<const int> days);

/// Compares the takes with those of the first days. Two cumulative sums (E. S. Page, "Continuous
/// inspection schemes", Biometrika 1954), one for each direction, of the distance from the first
/// days' median in robust standard deviations; no single take counts for more than 3 of them, so
/// three at least are needed. When it began is the day from which a step or a slope (Theil–Sen,
/// through the first days' median) fits the takes best, by absolute distance.
/// Nothing, where the takes have come back to what they were. Pure.
std::optional<Drift> FindDrift(std::span<const double> values, std::span<const int> days,
                               const DriftRule& rule);

}  // namespace euphone
