#pragma once

#include <vector>

#include "base/units.h"
#include "voice/pitch_contour.h"

namespace euphone {

/// Shorter stretches say little about a voice.
inline constexpr double kShortestVowelSeconds = 0.5;

/// Held vowels in a recording: stretches of kShortestVowelSeconds or more in which a voice stays
/// within 2 semitones of its middle pitch, 6 dB of its middle level, and where the weight of its
/// spectrum (root mean square frequency) stays within a quarter of its middle: fluent speech moves
/// more in each half second. Breaks of up to 0.2 s, together a fifth of it at most, are part of
/// such a stretch, as a rough voice has them. In order. Pure.
std::vector<TimeRange> FindHeldVowels(PcmView pcm, SampleRate rate, const PitchContour& pitch);

}  // namespace euphone
