#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "audio/byte_source.h"
#include "audio/quality.h"
#include "audio/raw_format.h"
#include "base/result.h"

namespace euphone {

/// Turns the bytes of a recording into float samples, block by block. Internal to this module.
/// Only listed containers reach libsndfile: its readers of rare formats are not for strangers'
/// files. Thread: one at a time.
class Decoder {
 public:
  virtual ~Decoder() = default;

  /// `raw`: the bytes have no header. A pipe is read as it comes when it carries WAV or raw
  /// samples, else kept in memory first (at most 64 MB). Messages do not name the input.
  /// Fails: kCorrupt, kUnsupported, kTooLarge, kIo.
  static Result<std::unique_ptr<Decoder>> Open(std::unique_ptr<ByteSource> source,
                                               const std::optional<RawFormat>& raw);

  /// `seconds` is 0: it is known after reading. `truncated` is set where the container alone shows
  /// that its end is missing.
  virtual const SourceFormat& format() const = 0;

  /// Frames (one sample of each channel) that the header claims and the bytes could hold; absent
  /// where nobody knows before the end.
  virtual std::optional<std::int64_t> claimed_frames() const = 0;

  /// Frames that a complete recording has at least, as its header promises, whatever the bytes
  /// hold: fewer read at the end mean that it was cut short. Absent where the header does not say.
  virtual std::optional<std::int64_t> promised_frames() const = 0;

  /// Fills `interleaved`, of a whole number of frames; gives the frames read, 0 at the end. Damage
  /// in the middle of a compressed recording ends it there. Fails: kIo.
  virtual Result<std::size_t> Read(std::span<float> interleaved) = 0;
};

}  // namespace euphone
