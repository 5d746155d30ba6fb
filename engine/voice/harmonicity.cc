#include "voice/harmonicity.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr double kStep = 0.01;
constexpr double kSilence =
    0.1;  // Frames whose peak is lower, as a share of the loudest, are silent.
constexpr double kMostDb = 150.0;

double InDb(double strength) {
  if (strength >= 1.0 - 1e-15) return kMostDb;
  return 10.0 * std::log10(strength / (1.0 - strength));
}

}  // namespace

std::optional<double> Harmonicity::MeanIn(TimeRange range) const {
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < db.size(); ++i) {
    const double time = grid.TimeOf(i);
    if (!db[i] || time < range.from_s || time > range.to_s) continue;
    sum += *db[i];
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

Harmonicity FindHarmonicity(PcmView pcm, SampleRate rate, const PitchRange& range) {
  CorrelationFrame frame(pcm, rate, 1.0 / range.floor_hz);
  Harmonicity harmonicity{.grid = frame.GridOf(kStep), .db = {}};
  for (std::size_t i = 0; i < harmonicity.grid.frames; ++i) {
    const auto peaks = frame.At(harmonicity.grid.TimeOf(i), 0.0, 0.0);
    const auto best = std::ranges::max_element(peaks, {}, &CorrelationPeak::strength);
    // An unvoiced frame is worth max(0, 2 − loudness / silence), as in FindPitch().
    const double loudness =
        frame.global_peak() > 0.0 ? frame.local_peak() / frame.global_peak() : 0.0;
    const double quiet = std::max(0.0, 2.0 - loudness / kSilence);
    if (best == peaks.end() || best->strength <= quiet) {
      harmonicity.db.emplace_back();
    } else {
      harmonicity.db.emplace_back(InDb(best->strength));
    }
  }
  return harmonicity;
}

}  // namespace euphone
