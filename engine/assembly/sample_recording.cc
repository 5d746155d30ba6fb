#include "assembly/sample_recording.h"

#include <bit>
#include <span>

namespace euphone {

Result<Recording> RecordingOf(PcmView samples, SampleRate rate) {
  constexpr auto kNative =
      std::endian::native == std::endian::little ? RawEncoding::kF32Le : RawEncoding::kF32Be;
  if (auto status = CheckLimits(rate, 1); !status) return status.error();
  return ReadRecording(std::as_bytes(samples), "samples",
                       {.raw = RawFormat{.encoding = kNative, .rate = rate, .channels = 1}});
}

}  // namespace euphone
