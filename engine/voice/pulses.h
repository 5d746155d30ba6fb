#pragma once

#include <vector>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// One point in time for each period of each voiced stretch, by waveform matching; the same point
/// of each period, not a closure of the vocal folds. The first is the largest swing, up or down,
/// within half a period of the stretch's middle. From there on to both sides the next is where the
/// waveform about it, half a period to each side, correlates most with that about the point before,
/// 0.8 to 1.25 periods away: the best whole shift, then placed between samples by a parabola.
/// Points with a correlation of 0.3 or less are left out, and those about which nothing within half
/// a period is over a hundredth of the recording's peak; one more may stand beyond each edge of the
/// stretch where it is over 0.7. The way of doing it: Praat manual, 'Sound & Pitch: To PointProcess
/// (cc)'; why not peaks: Boersma (2009). What is ours to measure, because the manual says 1.2 where
/// the program does 1.25 and nothing of soft points: docs/decisions/036-voice-constants.md.
/// Seconds, rising. O(pulses · rate² / pitch²). Pure.
std::vector<double> FindPulses(PcmView pcm, SampleRate rate, const PitchContour& pitch);

}  // namespace euphone
