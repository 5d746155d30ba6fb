#include "live/level_meter.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

double Dbfs(double mean_square) {
  constexpr double kFloor = 1e-12;
  return 10.0 * std::log10(std::max(mean_square, kFloor));
}

}  // namespace

std::optional<SoundLevel> LevelMeter::Push(PcmView pcm) {
  for (const float sample : pcm) {
    const double square = static_cast<double>(sample) * static_cast<double>(sample);
    sum_ += square;
    peak_ = std::max(peak_, square);
  }
  taken_ += static_cast<std::int64_t>(pcm.size());
  if (taken_ < kBlock) return std::nullopt;
  const SoundLevel level{.rms_dbfs = Dbfs(sum_ / static_cast<double>(kBlock)),
                         .peak_dbfs = Dbfs(peak_)};
  *this = LevelMeter();
  return level;
}

}  // namespace euphone
