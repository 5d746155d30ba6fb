#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// Which distances between pulses count as periods, and which neighbours are compared: what the
/// Praat manual explains under 'PointProcess: Get jitter (local)' and, for the amplitude factor,
/// which it does not explain, the standard value of the command and what it was seen to do.
struct PeriodLimits {
  double shortest_s = 0.0001;
  double longest_s = 0.02;
  double most_factor = 1.3;     ///< Between neighbouring periods, the longer over the shorter.
  double most_amplitude = 1.6;  ///< The same between the amplitudes of neighbouring periods.
};

/// How much periods differ in length. Shares, not percent, of the mean period. Nothing where too
/// few neighbours can be compared.
struct Jitter {
  std::size_t periods = 0;
  std::optional<double> mean_period_s;
  std::optional<double> sd_period_s;
  std::optional<double> local;       ///< Mean difference of neighbours.
  std::optional<double> absolute_s;  ///< The same in seconds.
  std::optional<double> rap;   ///< Mean difference of a period from the mean of it and its two
                               ///< neighbours: relative average perturbation.
  std::optional<double> ppq5;  ///< The same with five periods.
  std::optional<double> ddp;   ///< Mean difference of differences: three times rap.
};

/// How much periods differ in loudness. Shares of the mean amplitude, of all but the last, as in
/// Praat: where a vowel dies away, its end would weigh on a short stretch. An amplitude is the root
/// mean square under a Hann window about the pulse that reaches a fifth of the period to each side.
struct Shimmer {
  std::optional<double> local;
  std::optional<double> local_db;           ///< Mean of |20 log10| of the ratio of neighbours.
  std::optional<double> apq3, apq5, apq11;  ///< As rap, over 3, 5 and 11 amplitudes.
  std::optional<double> dda;                ///< Three times apq3.
};

/// `pulses`: rising, seconds. Only those in the range count.
Jitter MeasureJitter(std::span<const double> pulses, TimeRange range,
                     const PeriodLimits& limits = {});

Shimmer MeasureShimmer(PcmView pcm, SampleRate rate, std::span<const double> pulses,
                       TimeRange range, const PeriodLimits& limits = {});

/// Distances between pulses that are too long to be periods: over 1.25 of the longest one that is
/// looked for (Praat manual, 'Voice 1. Voice breaks'). Only those between pulses in the range.
struct VoiceBreaks {
  std::size_t count = 0;
  double seconds = 0.0;
};
VoiceBreaks FindVoiceBreaks(std::span<const double> pulses, TimeRange range, double floor_hz);

}  // namespace euphone
