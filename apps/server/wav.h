#pragma once

#include <string>

#include "base/units.h"

namespace euphone::server {

/// A WAV file of 16-bit mono samples, in memory. Samples beyond [-1, 1] are clipped.
std::string WavOf(PcmView samples, SampleRate rate);

}  // namespace euphone::server
