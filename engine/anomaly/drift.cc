#include "anomaly/drift.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "anomaly/scaling.h"

namespace euphone {
namespace {

constexpr double kMost = 3.0;     ///< What one take can count for.
constexpr double kSlack = 0.75;   ///< Taken off each, half of a shift of 1.5.
constexpr double kAlarm = 6.0;    ///< Of the sum: three takes far off, or a dozen 1.25 off.
constexpr std::size_t kLast = 5;  ///< Takes that say how it is now.

/// Absolute distances of takes [since, end) from what `level(take)` expects.
template <class Level>
double Misfit(std::span<const double> values, std::size_t since, Level level) {
  double sum = 0.0;
  for (std::size_t i = since; i < values.size(); ++i) sum += std::abs(values[i] - level(i));
  return sum;
}

/// Slope through (days[since] − 1, center): the median of what each take asks for.
double SlopeFrom(std::span<const double> values, std::span<const int> days, std::size_t since,
                 double center) {
  std::vector<double> slopes;
  for (std::size_t i = since; i < values.size(); ++i)
    slopes.push_back((values[i] - center) / (days[i] - days[since] + 1));
  return MedianOf(std::move(slopes));
}

Drift BestFit(std::span<const double> values, std::span<const int> days, std::size_t first,
              double center) {
  Drift best;
  double least = std::numeric_limits<double>::infinity();
  double before = 0.0;  // distances of the takes that are still as they were
  for (std::size_t since = first; since < values.size(); ++since) {
    if (since > first) before += std::abs(values[since - 1] - center);
    if (days[since] == days[since - 1]) continue;
    const double level =
        MedianOf({values.begin() + static_cast<std::ptrdiff_t>(since), values.end()});
    const double slope = SlopeFrom(values, days, since, center);
    const double step_misfit = before + Misfit(values, since, [&](std::size_t) { return level; });
    const double slope_misfit = before + Misfit(values, since, [&](std::size_t i) {
                                  return center + slope * (days[i] - days[since] + 1);
                                });
    if (step_misfit < least) best = {since, 0.0, false};
    least = std::min(least, step_misfit);
    if (slope_misfit < least) best = {since, 0.0, true};
    least = std::min(least, slope_misfit);
  }
  return best;
}

}  // namespace

std::size_t FirstTakes(std::span<const int> days) {
  std::size_t count = 0;
  std::size_t different = 0;
  while (count < days.size()) {
    if (count > 0 && days[count] != days[count - 1] && different >= kFirstDays &&
        count >= kFirstTakes) {
      return count;
    }
    if (count == 0 || days[count] != days[count - 1]) ++different;
    ++count;
  }
  return 0;
}

std::optional<Drift> FindDrift(std::span<const double> values, std::span<const int> days,
                               const DriftRule& rule) {
  const std::size_t first = FirstTakes(days);
  if (first == 0) return std::nullopt;
  const std::vector<double> early(values.begin(),
                                  values.begin() + static_cast<std::ptrdiff_t>(first));
  const double center = MedianOf(early);
  std::vector<double> distances;
  for (const double value : early) distances.push_back(std::abs(value - center));
  const double spread =
      std::max(rule.least_spread, kDeviationsInMedian * MedianOf(std::move(distances)));

  double up = 0.0;
  double down = 0.0;
  for (std::size_t i = first; i < values.size(); ++i) {
    const double distance = std::clamp((values[i] - center) / spread, -kMost, kMost);
    up = std::clamp(up + distance - kSlack, 0.0, 2.0 * kAlarm);  // so that an end is seen, too
    down = std::clamp(down - distance - kSlack, 0.0, 2.0 * kAlarm);
  }
  const bool rises = rule.upwards && up >= kAlarm;
  const bool falls = rule.downwards && down >= kAlarm;
  if (!rises && !falls) return std::nullopt;

  Drift drift = BestFit(values, days, first, center);
  const std::size_t last = std::max(drift.since, values.size() - std::min(kLast, values.size()));
  drift.change =
      MedianOf({values.begin() + static_cast<std::ptrdiff_t>(last), values.end()}) - center;
  if (std::abs(drift.change) < rule.least_change || (drift.change > 0.0 ? !rises : !falls))
    return std::nullopt;
  return drift;
}

}  // namespace euphone
