#include "voice/perturbation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <vector>

namespace euphone {
namespace {

constexpr double kAmplitudeReach = 0.2;  // Of the period on that side.
constexpr double kBreakPeriods = 1.25;
constexpr double kRapToDdp = 3.0;

std::span<const double> PulsesIn(std::span<const double> pulses, TimeRange range) {
  const auto begin = std::ranges::lower_bound(pulses, range.from_s);
  const auto end = std::ranges::upper_bound(pulses, range.to_s);
  return begin < end ? std::span<const double>(begin, end) : std::span<const double>();
}

std::vector<double> Distances(std::span<const double> pulses) {
  std::vector<double> distances;
  for (std::size_t i = 1; i < pulses.size(); ++i) distances.push_back(pulses[i] - pulses[i - 1]);
  return distances;
}

bool IsPeriod(double distance, const PeriodLimits& limits) {
  return distance >= limits.shortest_s && distance <= limits.longest_s;
}

bool Alike(double a, double b, double most_factor) {
  return std::max(a, b) <= most_factor * std::min(a, b);
}

/// Whether distances i and i + 1 are both periods and can be compared.
bool Comparable(std::span<const double> distances, std::size_t i, const PeriodLimits& limits) {
  return IsPeriod(distances[i], limits) && IsPeriod(distances[i + 1], limits) &&
         Alike(distances[i], distances[i + 1], limits.most_factor);
}

/// Those distances that are periods and like a neighbour, if they have one.
std::vector<double> Periods(std::span<const double> distances, const PeriodLimits& limits) {
  std::vector<double> periods;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    if (!IsPeriod(distances[i], limits)) continue;
    const bool fits = distances.size() == 1 || (i > 0 && Comparable(distances, i - 1, limits)) ||
                      (i + 1 < distances.size() && Comparable(distances, i, limits));
    if (fits) periods.push_back(distances[i]);
  }
  return periods;
}

std::optional<double> Mean(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> Deviation(std::span<const double> values, std::optional<double> mean) {
  if (values.size() < 2) return std::nullopt;
  double sum = 0.0;
  for (const double value : values) sum += (value - *mean) * (value - *mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

std::optional<double> Over(std::optional<double> value, std::optional<double> whole) {
  if (!value || !whole || *whole <= 0.0) return std::nullopt;
  return *value / *whole;
}

/// Mean of how far each value is from the mean of the `width` values about it, where `comparable`
/// holds for every pair of neighbours among these. Width 2: of how far neighbours are apart.
std::optional<double> MeanDeparture(std::span<const double> values, std::size_t width,
                                    const std::function<bool(std::size_t)>& comparable) {
  double sum = 0.0;
  std::size_t count = 0, chain = 1;
  for (std::size_t i = 1; i < values.size(); ++i) {
    chain = comparable(i - 1) ? chain + 1 : 1;
    if (chain < width) continue;
    const auto about = values.subspan(i + 1 - width, width);
    sum += width == 2 ? std::abs(about[1] - about[0]) : std::abs(about[width / 2] - *Mean(about));
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

double AmplitudeAt(PcmView pcm, SampleRate rate, double pulse_s, double left_s, double right_s) {
  const auto first = static_cast<std::ptrdiff_t>(std::ceil((pulse_s - left_s) * rate.hz - 0.5));
  const auto last = static_cast<std::ptrdiff_t>(std::floor((pulse_s + right_s) * rate.hz - 0.5));
  double power = 0.0, weights = 0.0;
  for (auto i = std::max<std::ptrdiff_t>(0, first); i <= std::min(last, std::ssize(pcm) - 1); ++i) {
    const double away = (static_cast<double>(i) + 0.5) / rate.hz - pulse_s;
    const double place = away / (away < 0.0 ? left_s : right_s);
    const double weight = 0.5 + 0.5 * std::cos(std::numbers::pi * place);
    const double sample = weight * static_cast<double>(pcm[static_cast<std::size_t>(i)]);
    power += sample * sample;
    weights += weight * weight;
  }
  return weights > 0.0 ? std::sqrt(power / weights) : 0.0;
}

}  // namespace

Jitter MeasureJitter(std::span<const double> pulses, TimeRange range, const PeriodLimits& limits) {
  const std::vector<double> distances = Distances(PulsesIn(pulses, range));
  const auto comparable = [&](std::size_t i) { return Comparable(distances, i, limits); };
  const std::vector<double> periods = Periods(distances, limits);
  Jitter jitter{.periods = periods.size(),
                .mean_period_s = Mean(periods),
                .sd_period_s = Deviation(periods, Mean(periods)),
                .local = {},
                .absolute_s = MeanDeparture(distances, 2, comparable),
                .rap = {},
                .ppq5 = {},
                .ddp = {}};
  const auto relative = [&](std::size_t width) {
    return Over(MeanDeparture(distances, width, comparable), jitter.mean_period_s);
  };
  jitter.local = relative(2);
  jitter.rap = relative(3);
  jitter.ppq5 = relative(5);
  if (jitter.rap) jitter.ddp = kRapToDdp * *jitter.rap;
  return jitter;
}

Shimmer MeasureShimmer(PcmView pcm, SampleRate rate, std::span<const double> pulses,
                       TimeRange range, const PeriodLimits& limits) {
  const std::span<const double> inside = PulsesIn(pulses, range);
  const std::vector<double> distances = Distances(inside);
  std::vector<double> amplitudes, times;  // Of pulses between comparable periods.
  for (std::size_t i = 0; i + 1 < distances.size(); ++i) {
    if (!Comparable(distances, i, limits)) continue;
    amplitudes.push_back(AmplitudeAt(pcm, rate, inside[i + 1], kAmplitudeReach * distances[i],
                                     kAmplitudeReach * distances[i + 1]));
    times.push_back(inside[i + 1]);
  }
  const auto comparable = [&](std::size_t i) {
    return IsPeriod(times[i + 1] - times[i], limits) && amplitudes[i] > 0.0 &&
           amplitudes[i + 1] > 0.0 &&
           Alike(amplitudes[i], amplitudes[i + 1], limits.most_amplitude);
  };
  // Praat's mean amplitude leaves the last one out (tools/figures/voice_constants.py).
  const auto mean =
      Mean(std::span(amplitudes).first(amplitudes.empty() ? 0 : amplitudes.size() - 1));
  const auto relative = [&](std::size_t width) {
    return Over(MeanDeparture(amplitudes, width, comparable), mean);
  };
  Shimmer shimmer{.local = relative(2),
                  .local_db = {},
                  .apq3 = relative(3),
                  .apq5 = relative(5),
                  .apq11 = relative(11),
                  .dda = {}};
  if (shimmer.apq3) shimmer.dda = kRapToDdp * *shimmer.apq3;
  std::vector<double> levels;
  for (const double amplitude : amplitudes) levels.push_back(20.0 * std::log10(amplitude));
  shimmer.local_db = MeanDeparture(levels, 2, comparable);
  return shimmer;
}

VoiceBreaks FindVoiceBreaks(std::span<const double> pulses, TimeRange range, double floor_hz) {
  VoiceBreaks breaks;
  for (const double distance : Distances(PulsesIn(pulses, range))) {
    if (distance <= kBreakPeriods / floor_hz) continue;
    ++breaks.count;
    breaks.seconds += distance;
  }
  return breaks;
}

}  // namespace euphone
