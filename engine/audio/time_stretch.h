#pragma once

#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

inline constexpr double kSlowest = 0.25;
inline constexpr double kFastest = 4.0;

/// Says the same in another time at the same pitch: `speed` 0.5 takes twice as long. SoundTouch's
/// WSOLA (Verhelst and Roelands, 1993), with windows for speech. Gives round(samples / speed)
/// samples; sample 0 stays where it is within 30 ms. A speed of 1 copies.
/// `pcm`: mono, finite. Pure; about 500 times faster than real time.
/// Fails: kInvalidArgument (a speed outside kSlowest to kFastest, a rate outside kMinRate to
/// kMaxRate of raw_format.h), kInternal.
Result<std::vector<float>> StretchTime(PcmView pcm, SampleRate rate, double speed);

}  // namespace euphone
