#pragma once

#include "base/units.h"

namespace euphone {

/// How far steady tones at a mains frequency and its harmonics rise over their surroundings, in dB,
/// 0 to 80. Internal to this module.
struct HumLevels {
  double at_50_db = 0.0;
  double at_60_db = 0.0;
};

/// Looks at 50, 100, 150, 200 and 250 Hz, and at 60, 120, 180 and 240 Hz (at 300 Hz both have one),
/// in windows of half a second: a voice passes over a frequency, hum stays on it in every window.
/// 0 where `pcm` is shorter than a second. `offset` (the mean) is taken off.
HumLevels MeasureHum(PcmView pcm, SampleRate rate, float offset);

}  // namespace euphone
