#pragma once

#include <cstdint>
#include <optional>

#include "audio/byte_source.h"
#include "base/result.h"

namespace euphone {

// What a container says about where it ends, to tell a recording that was cut short from a
// complete one. Internal to this module. All take a source whose size is known, and the place in it
// where the container begins. Fail: kIo.

/// True where the last page of a stream is not marked as its end or is not all there (RFC 3533),
/// and where another link of a chain follows: decoders stop after the first.
Result<bool> OggStopsEarly(ByteSource& source, std::int64_t begin);

/// True where the FORM part claims more bytes than there are, unless it is a placeholder of a
/// writer that could not go back.
Result<bool> AiffStopsEarly(ByteSource& source, std::int64_t begin);

/// Sample frames that are there at least by the Xing or Info tag of the encoder, delay and padding
/// taken off; absent where there is no such tag.
Result<std::optional<std::int64_t>> MpegTagFrames(ByteSource& source, std::int64_t begin);

/// Writers that cannot go back put a size from here on, or 0, for "until the end".
inline constexpr std::int64_t kEndlessFrom = 0x7FFFF000;

/// Some writers count a header or a byte of padding too many: so many bytes are nobody's loss.
inline constexpr std::int64_t kMiscounted = 64;

}  // namespace euphone
