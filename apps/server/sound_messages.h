#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

struct OpusDecoder;

namespace euphone::server {

/// What binary messages hold.
enum class SoundFormat {
  kPcm16,  ///< Mono samples, 16 bits, little-endian.
  kOpus,   ///< One packet each (RFC 6716), without a container.
};

/// Sound that comes in messages, one after the other. Opus with two channels becomes one, and is
/// some 6.5 ms late: what an encoder looks ahead. Thread: one at a time.
class SoundMessages {
 public:
  /// Fails: kUnsupported where Opus cannot be decoded at this rate (8, 12, 16, 24 and 48 kHz it
  /// can), kInternal.
  static Result<SoundMessages> Open(SoundFormat format, SampleRate rate);

  /// The samples of the next message, 2.5 to 120 ms of Opus, in [-1, 1] or, of Opus, little beyond.
  /// Fails: kInvalidArgument (half a sample), kCorrupt (no packet); the next one is read all the
  /// same.
  Result<std::vector<float>> Read(std::string_view message);

 private:
  struct Destroy {
    void operator()(OpusDecoder* decoder) const;
  };
  explicit SoundMessages(SampleRate rate) : rate_(rate) {}

  SampleRate rate_;
  std::unique_ptr<OpusDecoder, Destroy> opus_;  ///< Null: PCM.
};

}  // namespace euphone::server
