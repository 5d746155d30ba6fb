#pragma once

#include <cstdint>
#include <optional>

#include "audio/byte_source.h"
#include "audio/raw_format.h"
#include "base/result.h"

namespace euphone {

/// Where the samples of a WAV file lie. Internal to this module.
struct WavData {
  std::optional<RawFormat> format;    ///< Absent: compressed (ADPCM, GSM), libsndfile's to read.
  std::int64_t offset = 0;            ///< From the start of the source.
  std::optional<std::int64_t> bytes;  ///< Absent: to the end of the source.
};

/// Reads the header of the RIFF, RIFX or RF64 file that starts at `begin`. The sizes in it are
/// believed no further than the source reaches: a file cut short gives what is there, and one
/// written to a pipe (length 0, 0x7FFFF000 or more, as ffmpeg, sox and arecord do) goes on to the
/// end.
/// Source of the format: Microsoft, "Multiple channel audio data and WAVE files"; EBU Tech 3306.
/// Fails: kCorrupt, kUnsupported, kIo.
Result<WavData> ParseWavHeader(ByteSource& source, std::int64_t begin);

}  // namespace euphone
