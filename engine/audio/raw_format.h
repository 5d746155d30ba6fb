#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// How one sample is stored. `le` is little-endian, `be` big-endian.
enum class RawEncoding {
  kU8,
  kS8,
  kS16Le,
  kS16Be,
  kS24Le,
  kS24Be,
  kS32Le,
  kS32Be,
  kF32Le,
  kF32Be,
  kF64Le,
  kF64Be,
  kALaw,
  kMuLaw
};

/// Samples without a header: the channels of one instant lie side by side.
struct RawFormat {
  RawEncoding encoding = RawEncoding::kS16Le;
  SampleRate rate{16000};
  int channels = 1;
  friend bool operator==(const RawFormat&, const RawFormat&) = default;
};

/// What this program accepts, in any container: 4 kHz still carries a voice, and no converter is
/// faster than 768 kHz.
inline constexpr SampleRate kMinRate{4000};
inline constexpr SampleRate kMaxRate{768000};
inline constexpr int kMaxChannels = 64;

/// Reads "ENCODING[:RATE[:CHANNELS]]", for example "s16le:16000:1"; 16 kHz and one channel where
/// left out. Fails: kInvalidArgument, naming the encodings or the range.
Result<RawFormat> ParseRawFormat(std::string_view text);

/// The name ParseRawFormat() takes: "s16le".
std::string_view NameOf(RawEncoding encoding);

/// Bytes of one sample of one channel.
int BytesPerSample(RawEncoding encoding);

/// Fails: kUnsupported with a rate or a number of channels outside the limits above.
Status CheckLimits(SampleRate rate, int channels);

}  // namespace euphone
