#include "voice/pulses.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace euphone {
namespace {

// Measured on Praat 6.3 (tools/figures/voice_constants.py), whose manual says the same of all but
// two: it gives 1.2 periods as the longest step, and does not speak of soft pulses.
constexpr double kShortestStep = 0.8;  // Of the period that the pitch says.
constexpr double kLongestStep = 1.25;
constexpr double kLeastLikeness = 0.3;
constexpr double kLikenessBeyond = 0.7;
constexpr double kSoftestPulse = 0.01;  // Of the loudest sample of the recording.

struct Match {
  double time_s = 0.0;
  double likeness = -1.0;  ///< Normalised correlation.
};

/// Where between x − 1 and x + 1 the parabola through three values has its top, and how high.
Match Parabola(double x, double before, double here, double after) {
  const double bend = before - 2.0 * here + after;
  if (bend >= 0.0) return {x, here};
  const double shift = 0.5 * (before - after) / bend;
  return {x + shift, here - 0.25 * (before - after) * shift};
}

class Matcher {
 public:
  Matcher(PcmView pcm, SampleRate rate)
      : pcm_(pcm), rate_(rate.hz), least_peak_(kSoftestPulse * Loudest(pcm)) {}

  /// The largest swing within half a period of the middle.
  double LargestSwing(double middle_s, double period_s) const {
    const std::ptrdiff_t begin = Sample(middle_s - 0.5 * period_s);
    const std::ptrdiff_t end = Sample(middle_s + 0.5 * period_s);
    std::ptrdiff_t best = begin;
    for (std::ptrdiff_t i = begin; i <= end; ++i) {
      if (std::abs(At(i)) > std::abs(At(best))) best = i;
    }
    const double sign = At(best) < 0.0 ? -1.0 : 1.0;
    const Match top = Parabola(static_cast<double>(best), sign * At(best - 1), sign * At(best),
                               sign * At(best + 1));
    return Seconds(top.time_s);
  }

  /// Whether nothing within half a period of the point is loud enough for a pulse.
  bool TooSoft(double time_s, double period_s) const {
    const std::ptrdiff_t end = Sample(time_s + 0.5 * period_s);
    for (std::ptrdiff_t i = Sample(time_s - 0.5 * period_s); i <= end; ++i) {
      if (std::abs(At(i)) > least_peak_) return false;
    }
    return true;
  }

  /// The point like `time_s` that is a period later, or earlier where `direction` is −1. Of all
  /// whole shifts the best one counts; the parabola only places it.
  Match Next(double time_s, double period_s, int direction) const {
    const double period = period_s * rate_;
    const std::ptrdiff_t begin = Sample(time_s - 0.5 * period_s);
    const std::ptrdiff_t end = Sample(time_s + 0.5 * period_s) + 1;
    const auto first = static_cast<std::ptrdiff_t>(kShortestStep * period);
    const auto last = static_cast<std::ptrdiff_t>(std::ceil(kLongestStep * period));
    const auto likeness = [&](std::ptrdiff_t shift) {
      return Likeness(begin, begin + direction * shift, end - begin);
    };
    std::ptrdiff_t best = first;
    double highest = likeness(first);
    for (std::ptrdiff_t shift = first + 1; shift <= last; ++shift) {
      const double here = likeness(shift);
      if (here <= highest) continue;
      highest = here;
      best = shift;
    }
    const Match top =
        Parabola(static_cast<double>(best), likeness(best - 1), highest, likeness(best + 1));
    return {time_s + direction * top.time_s / rate_, top.likeness};
  }

 private:
  // Sample i stands at the middle of its own stretch of time.
  std::ptrdiff_t Sample(double time_s) const { return std::lround(time_s * rate_ - 0.5); }
  double Seconds(double sample) const { return (sample + 0.5) / rate_; }

  static double Loudest(PcmView pcm) {
    float loudest = 0.0F;
    for (const float sample : pcm) loudest = std::max(loudest, std::abs(sample));
    return static_cast<double>(loudest);
  }

  double At(std::ptrdiff_t i) const {
    if (i < 0 || i >= std::ssize(pcm_)) return 0.0;
    return static_cast<double>(pcm_[static_cast<std::size_t>(i)]);
  }

  double Likeness(std::ptrdiff_t a, std::ptrdiff_t b, std::ptrdiff_t width) const {
    double product = 0.0, power_a = 0.0, power_b = 0.0;
    for (std::ptrdiff_t i = 0; i < width; ++i) {
      const double x = At(a + i), y = At(b + i);
      product += x * y;
      power_a += x * x;
      power_b += y * y;
    }
    const double norm = std::sqrt(power_a * power_b);
    return norm > 0.0 ? product / norm : 0.0;
  }

  PcmView pcm_;
  double rate_;
  double least_peak_;
};

/// The points from `start_s` on in one direction, without `start_s`.
void Walk(const Matcher& matcher, const PitchContour& pitch, const TimeRange& stretch,
          double start_s, int direction, std::vector<double>& points) {
  double time = start_s;
  for (;;) {
    const auto hz = pitch.HzAt(std::clamp(time, stretch.from_s, stretch.to_s));
    if (!hz) return;
    const Match next = matcher.Next(time, 1.0 / *hz, direction);
    const bool beyond = next.time_s < stretch.from_s || next.time_s > stretch.to_s;
    if (next.likeness > (beyond ? kLikenessBeyond : kLeastLikeness) &&
        !matcher.TooSoft(next.time_s, 1.0 / *hz))
      points.push_back(next.time_s);
    if (beyond) return;
    time = next.time_s;  // A point that is left out still leads on.
    if (time < stretch.from_s || time > stretch.to_s) return;
  }
}

}  // namespace

std::vector<double> FindPulses(PcmView pcm, SampleRate rate, const PitchContour& pitch) {
  const Matcher matcher(pcm, rate);
  std::vector<double> pulses;
  for (const TimeRange& stretch : pitch.VoicedStretches()) {
    const double middle = 0.5 * (stretch.from_s + stretch.to_s);
    const auto hz = pitch.HzAt(middle);
    if (!hz) continue;
    const double start = matcher.LargestSwing(middle, 1.0 / *hz);
    std::vector<double> points{start};
    Walk(matcher, pitch, stretch, start, -1, points);
    Walk(matcher, pitch, stretch, start, 1, points);
    std::ranges::sort(points);
    for (const double point : points) {
      // Of two stretches, the later one's edge may reach what the earlier one has already.
      const double nearest =
          point < stretch.from_s ? kShortestStep / pitch.HzAt(stretch.from_s).value_or(*hz) : 0.0;
      if (pulses.empty() || point - pulses.back() > nearest) pulses.push_back(point);
    }
  }
  return pulses;
}

}  // namespace euphone
