#pragma once

#include <vector>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// When the vocal folds close, as far as the sound tells it: one point in time for each period of
/// each voiced stretch, by waveform matching. The first is the largest swing within a period about
/// the stretch's middle; from there on to both sides the next is where the waveform about it (one
/// period) resembles most that about the point before, 0.8 to 1.25 periods away, placed between
/// samples by a parabola. Points with a correlation under 0.3 are left out; one more may stand
/// beyond the stretch's edge where it is over 0.7. Praat manual, 'Sound & Pitch: To PointProcess
/// (cc)'; Boersma, 'Should jitter be measured by peak picking or by waveform matching?' (2009).
/// Seconds, rising. Pure.
std::vector<double> FindPulses(PcmView pcm, SampleRate rate, const PitchContour& pitch);

}  // namespace euphone
