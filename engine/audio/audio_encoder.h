#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// A mono recording as a whole file in memory. `ending`: ".flac" (16 bits, lossless for samples
/// that were 16 bits), ".wav" (16 bits) or ".opus". Samples must be finite; beyond [-1, 1] they
/// are clipped. `opus_bits_per_second`: about so many, 6,000 to 256,000. Fails: kUnsupported
/// (another ending, a rate that the format does not have), kInternal.
Result<std::string> EncodeAudio(PcmView samples, SampleRate rate, std::string_view ending,
                                double opus_bits_per_second = 32000.0);

}  // namespace euphone
