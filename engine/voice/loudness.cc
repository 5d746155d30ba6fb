#include "voice/loudness.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace euphone {
namespace {

constexpr double kReachPeriods = 3.2;
constexpr double kStepPeriods = 0.8;
constexpr double kLeastDb = -120.0;
// Side lobes below −190 dB.
constexpr double kKaiserShape = 2.0 * std::numbers::pi * std::numbers::pi + 0.5;

std::vector<double> KaiserWindow(std::size_t size, double reach) {
  std::vector<double> window(size);
  const double middle = 0.5 * static_cast<double>(size - 1);
  double sum = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    const double place = (static_cast<double>(i) - middle) / reach;
    const double root = std::sqrt(std::max(0.0, 1.0 - place * place));
    window[i] = std::cyl_bessel_i(0.0, kKaiserShape * root);
    sum += window[i];
  }
  for (double& weight : window) weight /= sum;
  return window;
}

}  // namespace

std::optional<Loudness::Summary> Loudness::In(TimeRange range) const {
  std::optional<Summary> summary;
  std::vector<double> power;
  for (const double level : db) power.push_back(std::pow(10.0, 0.1 * level));
  for (std::size_t i = 0; i < db.size(); ++i) {
    const double time = grid.TimeOf(i);
    if (time < range.from_s || time > range.to_s) continue;
    if (!summary) summary = Summary{.mean_db = 0.0, .least_db = db[i], .most_db = db[i]};
    summary->least_db = std::min(summary->least_db, db[i]);
    summary->most_db = std::max(summary->most_db, db[i]);
  }
  if (summary) summary->mean_db = 10.0 * std::log10(MeanOverTime(grid, power, range).value_or(0.0));
  return summary;
}

Loudness FindLoudness(PcmView pcm, SampleRate rate, const PitchRange& range) {
  const double reach = kReachPeriods / range.floor_hz * rate.hz;
  const double duration = static_cast<double>(pcm.size()) / rate.hz;
  Loudness loudness;
  loudness.grid.step_s = kStepPeriods / range.floor_hz;
  const double room = duration - 2.0 * reach / rate.hz;
  if (room < 0.0) return loudness;
  const double steps = std::floor(room / loudness.grid.step_s);
  loudness.grid.frames = static_cast<std::size_t>(steps) + 1;
  loudness.grid.first_s = 0.5 * (duration - steps * loudness.grid.step_s);

  const std::vector<double> window =
      KaiserWindow(2 * static_cast<std::size_t>(reach) + 1, reach + 1.0);
  for (std::size_t frame = 0; frame < loudness.grid.frames; ++frame) {
    const auto begin = std::lround(loudness.grid.TimeOf(frame) * rate.hz - 0.5 - reach);
    double mean = 0.0, power = 0.0;
    for (std::size_t i = 0; i < window.size(); ++i) {
      const std::ptrdiff_t at = std::clamp<std::ptrdiff_t>(begin + static_cast<std::ptrdiff_t>(i),
                                                           0, std::ssize(pcm) - 1);
      const auto sample = static_cast<double>(pcm[static_cast<std::size_t>(at)]);
      mean += window[i] * sample;
      power += window[i] * sample * sample;
    }
    const double level = power - mean * mean;
    loudness.db.push_back(level > 0.0 ? std::max(kLeastDb, 10.0 * std::log10(level)) : kLeastDb);
  }
  return loudness;
}

}  // namespace euphone
