#pragma once

#include "base/units.h"

namespace euphone {

/// Share of a recording's samples in flat tops: runs of three or more that stay at its highest or
/// lowest value. The quality gate of the audio layer counts what comes near the peak, which a held
/// vowel does in each period. 0 where the peak is under a quarter of full scale, where rounding
/// makes flat tops, too. Only for samples at the rate at which they were recorded. Pure.
double ClippedShare(PcmView pcm);

/// From here on a warning is due.
inline constexpr double kMostClippedShare = 0.001;

}  // namespace euphone
