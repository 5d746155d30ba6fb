#include "voice/clipping.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace euphone {
namespace {

constexpr float kLeastPeak = 0.25F;
constexpr float kFlat = 1e-5F;  // A third of the last bit of 16.
constexpr std::size_t kShortestRun = 3;

}  // namespace

double ClippedShare(PcmView pcm) {
  if (pcm.empty()) return 0.0;
  const auto [lowest, highest] = std::ranges::minmax(pcm);
  if (std::max(-lowest, highest) < kLeastPeak) return 0.0;
  std::size_t clipped = 0, run = 0;
  for (const float sample : pcm) {
    const bool flat = sample >= highest - kFlat || sample <= lowest + kFlat;
    run = flat ? run + 1 : 0;
    if (run == kShortestRun) clipped += kShortestRun;
    if (run > kShortestRun) ++clipped;
  }
  return static_cast<double>(clipped) / static_cast<double>(pcm.size());
}

}  // namespace euphone
