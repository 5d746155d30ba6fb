#include "voice/mean_over_time.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace euphone {

std::optional<double> MeanOverTime(const CorrelationFrame::Grid& grid,
                                   std::span<const double> values, TimeRange range) {
  double area = 0.0, covered = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) continue;
    const double half = 0.5 * grid.step_s, middle = grid.TimeOf(i);
    for (const int side : {-1, 1}) {
      const double from = std::max(range.from_s, side < 0 ? middle - half : middle);
      const double to = std::min(range.to_s, side < 0 ? middle : middle + half);
      if (from >= to) continue;
      const bool last = side < 0 ? i == 0 : i + 1 == values.size();
      const double beside = last ? values[i] : values[side < 0 ? i - 1 : i + 1];
      const double slope = std::isnan(beside) ? 0.0 : (beside - values[i]) / grid.step_s;
      area += (to - from) * (values[i] + slope * std::abs(0.5 * (from + to) - middle));
      covered += to - from;
    }
  }
  if (covered <= 0.0) return std::nullopt;
  return area / covered;
}

}  // namespace euphone
