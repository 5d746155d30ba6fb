#include "voice/pitch_contour.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace euphone {
namespace {

constexpr double kFramesPerPeriod = 4.0;
constexpr double kCostStep = 0.01;  // Costs between frames hold for this distance, in seconds.

struct Candidate {
  double hz = 0.0;  ///< 0: no voice.
  double worth = 0.0;
  double total = 0.0;    ///< Of the best way that ends here.
  std::size_t from = 0;  ///< Candidate of the frame before on that way.
};
using Candidates = std::vector<Candidate>;

/// Boersma (1993), equations 23 and, with the ceiling for the floor, 24. `loudness`: local peak
/// over global peak.
Candidates Recruit(std::span<const CorrelationPeak> peaks, double loudness, const PitchRange& range,
                   const PitchCosts& costs) {
  Candidates found;
  for (const CorrelationPeak& peak : peaks) {
    const double hz = 1.0 / peak.lag_s;
    if (hz < range.floor_hz || hz > range.ceiling_hz) continue;
    found.push_back(
        {.hz = hz, .worth = peak.strength - costs.octave * std::log2(range.ceiling_hz / hz)});
  }
  const double quiet = std::max(0.0, 2.0 - loudness / (costs.silence / (1.0 + costs.voicing)));
  found.insert(found.begin(), {.hz = 0.0, .worth = costs.voicing + quiet});
  return found;
}

double Cost(double before_hz, double hz, const PitchCosts& costs) {
  if (before_hz == 0.0 && hz == 0.0) return 0.0;
  if (before_hz == 0.0 || hz == 0.0) return costs.voiced_unvoiced;
  return costs.octave_jump * std::abs(std::log2(before_hz / hz));
}

void Follow(const Candidates& before, double scale, const PitchCosts& costs, Candidates& frame) {
  for (Candidate& here : frame) {
    double best = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < before.size(); ++i) {
      const double total = before[i].total - scale * Cost(before[i].hz, here.hz, costs);
      if (total <= best) continue;
      best = total;
      here.from = i;
    }
    here.total = best + here.worth;
  }
}

std::vector<double> BestWay(const std::vector<Candidates>& frames) {
  std::vector<double> hz(frames.size());
  if (frames.empty()) return hz;
  const auto end = std::ranges::max_element(frames.back(), {}, &Candidate::total);
  auto at = static_cast<std::size_t>(end - frames.back().begin());
  for (std::size_t i = frames.size(); i-- > 0;) {
    hz[i] = frames[i][at].hz;
    at = frames[i][at].from;
  }
  return hz;
}

}  // namespace

std::optional<double> PitchContour::HzAt(double time_s) const {
  if (hz.empty()) return std::nullopt;
  const double place =
      std::clamp((time_s - grid.first_s) / grid.step_s, 0.0, static_cast<double>(hz.size() - 1));
  const auto left = static_cast<std::size_t>(place);
  const std::size_t right = std::min(left + 1, hz.size() - 1);
  const double share = place - static_cast<double>(left);
  if (hz[left] > 0.0 && hz[right] > 0.0) return (1.0 - share) * hz[left] + share * hz[right];
  const double nearest = share < 0.5 ? hz[left] : hz[right];
  const double either = nearest > 0.0 ? nearest : std::max(hz[left], hz[right]);
  return either > 0.0 ? std::optional(either) : std::nullopt;
}

std::optional<double> PitchContour::MeanIn(TimeRange range) const {
  std::vector<double> values = hz;
  std::ranges::replace(values, 0.0, std::numeric_limits<double>::quiet_NaN());
  return MeanOverTime(grid, values, range);
}

std::span<const double> PitchContour::In(TimeRange range) const {
  std::size_t begin = 0;
  while (begin < hz.size() && TimeOf(begin) < range.from_s) ++begin;
  std::size_t end = begin;
  while (end < hz.size() && TimeOf(end) <= range.to_s) ++end;
  return std::span(hz).subspan(begin, end - begin);
}

std::vector<TimeRange> PitchContour::VoicedStretches() const {
  std::vector<TimeRange> stretches;
  for (std::size_t i = 0; i < hz.size(); ++i) {
    if (hz[i] == 0.0) continue;
    const double half = 0.5 * grid.step_s;
    if (i == 0 || hz[i - 1] == 0.0) stretches.push_back({TimeOf(i) - half, TimeOf(i) + half});
    stretches.back().to_s = TimeOf(i) + half;
  }
  return stretches;
}

PitchContour FindPitch(PcmView pcm, SampleRate rate, const PitchRange& range,
                       const PitchCosts& costs) {
  CorrelationFrame frame(pcm, rate, 1.0 / range.floor_hz);
  const double step = 1.0 / range.floor_hz / kFramesPerPeriod;
  PitchContour contour{.grid = frame.GridOf(step), .hz = {}};
  std::vector<Candidates> frames;
  frames.reserve(contour.grid.frames);
  for (std::size_t i = 0; i < contour.grid.frames; ++i) {
    const auto peaks = frame.At(contour.TimeOf(i), 0.5 * costs.voicing, costs.octave);
    const double loudness =
        frame.global_peak() > 0.0 ? frame.local_peak() / frame.global_peak() : 0.0;
    frames.push_back(Recruit(peaks, std::min(1.0, loudness), range, costs));
    if (i == 0) {
      for (Candidate& candidate : frames[0]) candidate.total = candidate.worth;
    } else {
      Follow(frames[i - 1], kCostStep / step, costs, frames[i]);
    }
  }
  contour.hz = BestWay(frames);
  return contour;
}

}  // namespace euphone
