#pragma once

#include <optional>
#include <vector>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// Intensity of a recording, frame by frame: mean square under a Kaiser window that reaches 3.2
/// longest periods to each side, so that no period shows (Praat manual, 'Sound: To Intensity',
/// where half of that is the effective length; the shape was measured with an impulse). In dB
/// relative to full scale, where a square wave of 1 has 0: how loud that was in the room, no
/// microphone says that was not calibrated.
struct Loudness {
  CorrelationFrame::Grid grid;
  std::vector<double> db;  ///< At least −120.

  struct Summary {
    double mean_db = 0.0;  ///< Of the mean power over time.
    double least_db = 0.0;
    double most_db = 0.0;
  };
  /// Nothing where no frame has its middle in the range.
  std::optional<Summary> In(TimeRange range) const;
};

/// A frame every 0.8 longest periods, as far as the whole window lies in the recording. Pure.
Loudness FindLoudness(PcmView pcm, SampleRate rate, const PitchRange& range);

}  // namespace euphone
