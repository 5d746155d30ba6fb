#pragma once

#include <cstddef>

#include "base/units.h"

namespace euphone {

/// Where to cut a clip that is too long for one run, so that no word is halved if the speaker
/// paused: a position in the last third of its first `most` samples, in the middle of the 0.2 s
/// with the least energy; the earliest of several. REQUIRES: pcm.size() > most >= 3.
std::size_t QuietCut(PcmView pcm, std::size_t most, SampleRate rate);

}  // namespace euphone
