#include "bench_statistics.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "evaluate/statistics.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kDraws = 1000, kEnoughForP99 = 100;

}  // namespace

Interval QuantileOf(const std::vector<double>& values, double share) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  Interval interval{.value = SortedQuantile(sorted, share)};
  Random random(20);
  std::vector<double> drawn, draw(sorted.size());
  std::vector<std::size_t> places(sorted.size());
  for (std::size_t d = 0; d < kDraws; ++d) {
    for (std::size_t& place : places) place = random.Below(sorted.size());
    std::ranges::sort(places);  // Sorted values in sorted places are sorted.
    for (std::size_t i = 0; i < places.size(); ++i) draw[i] = sorted[places[i]];
    drawn.push_back(SortedQuantile(draw, share));
  }
  interval.low = *Quantile(drawn, 0.025);
  interval.high = *Quantile(drawn, 0.975);
  return interval;
}

Spread SpreadOf(const std::vector<double>& values) {
  Spread spread{.count = values.size(), .p50 = QuantileOf(values, 0.5), .p90 = {}, .p99 = {}};
  spread.p90 = QuantileOf(values, 0.9);
  if (values.size() >= kEnoughForP99) spread.p99 = QuantileOf(values, 0.99);
  spread.least = *std::ranges::min_element(values);
  spread.most = *std::ranges::max_element(values);
  for (const double value : values) spread.mean += value / static_cast<double>(values.size());
  return spread;
}

Ratio RatioOf(const std::vector<double>& a, const std::vector<double>& b, double least) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(b[i] / a[i]);
  Ratio ratio{.ratio = QuantileOf(ratios, 0.5)};
  // Of few pairs no interval can be believed: it is as wide as they are apart.
  constexpr std::size_t kFew = 5;
  if (ratios.size() < kFew || std::abs(ratio.ratio.value - 1.0) < least) return ratio;
  if (ratio.ratio.high < 1.0) ratio.verdict = Comparison::kFaster;
  if (ratio.ratio.low > 1.0) ratio.verdict = Comparison::kSlower;
  return ratio;
}

}  // namespace euphone::cli
