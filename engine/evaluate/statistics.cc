#include "evaluate/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace euphone {
namespace {

double Mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Indices of the values, lowest first.
std::vector<std::size_t> Order(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

std::optional<double> Ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

Detection WithRates(Detection found) {
  found.precision = Ratio(found.both, found.flagged);
  found.recall = Ratio(found.both, found.low);
  if (found.low > 0) found.f1 = Ratio(2 * found.both, found.low + found.flagged);
  return found;
}

}  // namespace

std::optional<double> Pearson(std::span<const double> x, std::span<const double> y) {
  if (x.size() < 2) return std::nullopt;
  const double mean_x = Mean(x), mean_y = Mean(y);
  double xx = 0.0, yy = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - mean_x, dy = y[i] - mean_y;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // What rounding leaves of a constant counts as nothing.
  constexpr double kRoundingLeft = 1e-24;
  const auto n = static_cast<double>(x.size());
  if (xx <= kRoundingLeft * n * mean_x * mean_x || yy <= kRoundingLeft * n * mean_y * mean_y)
    return std::nullopt;
  return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

std::vector<double> Ranks(std::span<const double> values) {
  const std::vector<std::size_t> order = Order(values);
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    const double shared = (static_cast<double>(first + end) + 1.0) / 2.0;
    for (; first < end; ++first) ranks[order[first]] = shared;
  }
  return ranks;
}

std::optional<double> Spearman(std::span<const double> x, std::span<const double> y) {
  return Pearson(Ranks(x), Ranks(y));
}

std::optional<double> MeanSquaredError(std::span<const double> x, std::span<const double> y) {
  if (x.empty()) return std::nullopt;
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
  return sum / static_cast<double>(x.size());
}

Detection DetectLow(const Pairs& pairs, double low_below, double threshold) {
  Detection found;
  found.threshold = threshold;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool low = pairs.rated[i] < low_below, flagged = pairs.predicted[i] < threshold;
    found.low += low ? 1u : 0u;
    found.flagged += flagged ? 1u : 0u;
    found.both += low && flagged ? 1u : 0u;
  }
  return WithRates(found);
}

Detection BestDetection(const Pairs& pairs, double low_below) {
  const std::vector<std::size_t> order = Order(pairs.predicted);
  Detection best = DetectLow(pairs, low_below, order.empty() ? 0.0 : pairs.predicted[order[0]]);
  Detection current = best;
  for (std::size_t i = 0; i < order.size(); ++i) {
    ++current.flagged;
    current.both += pairs.rated[order[i]] < low_below ? 1u : 0u;
    const bool last = i + 1 == order.size();
    if (!last && pairs.predicted[order[i + 1]] == pairs.predicted[order[i]]) continue;
    const double here = pairs.predicted[order[i]];
    current.threshold = last ? std::nextafter(here, here + 1.0) : pairs.predicted[order[i + 1]];
    current = WithRates(current);
    if (current.f1.value_or(0.0) > best.f1.value_or(0.0)) best = current;
  }
  return best;
}

std::vector<CalibrationBin> Calibrate(const Pairs& pairs, std::size_t bins, double top) {
  std::vector<CalibrationBin> slices(bins);
  const double width = top / static_cast<double>(bins);
  for (std::size_t b = 0; b < bins; ++b) {
    slices[b].from = width * static_cast<double>(b);
    slices[b].to = width * static_cast<double>(b + 1);
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const double place =
        std::clamp(pairs.predicted[i] / width, 0.0, static_cast<double>(bins) - 0.5);
    CalibrationBin& slice = slices[static_cast<std::size_t>(place)];
    ++slice.count;
    slice.predicted += pairs.predicted[i];
    slice.rated += pairs.rated[i];
  }
  for (CalibrationBin& slice : slices) {
    if (slice.count == 0) continue;
    slice.predicted /= static_cast<double>(slice.count);
    slice.rated /= static_cast<double>(slice.count);
  }
  return slices;
}

std::optional<double> CalibrationError(std::span<const CalibrationBin> bins) {
  double sum = 0.0;
  std::size_t count = 0;
  for (const CalibrationBin& bin : bins) {
    sum += static_cast<double>(bin.count) * std::abs(bin.predicted - bin.rated);
    count += bin.count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

std::optional<double> Quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  return SortedQuantile(values, share);
}

double SortedQuantile(std::span<const double> sorted, double share) {
  const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace euphone
