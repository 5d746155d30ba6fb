#pragma once

#include <optional>
#include <vector>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// How much of a sound repeats itself, frame by frame, each 10 ms: harmonics-to-noise ratio in dB,
/// 10 log10(r / (1 − r)), of the best correlation r at any lag up to the longest period (Boersma
/// 1993; settings of the Praat manual, 'Sound: To Harmonicity (cc)').
struct Harmonicity {
  CorrelationFrame::Grid grid;
  std::vector<std::optional<double>> db;  ///< Nothing where it is silent or nothing repeats.

  /// Mean of the frames in the range that have a value.
  std::optional<double> MeanIn(TimeRange range) const;
};

/// Pure; a third of the work of FindPitch(). Of `range` only the floor counts.
Harmonicity FindHarmonicity(PcmView pcm, SampleRate rate, const PitchRange& range);

}  // namespace euphone
