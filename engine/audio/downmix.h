#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace euphone {

/// Makes one channel of many, block by block. Internal to this module. Thread: one at a time.
/// Channels are averaged. Where they cancel each other (a microphone wired in opposite phase, a
/// 'karaoke' effect) the average is silent though each is not: from that block on the loudest
/// channel is taken alone.
class Downmixer {
 public:
  explicit Downmixer(int channels) : channels_(static_cast<std::size_t>(channels)) {}

  /// `interleaved`: whole frames. Gives one sample for each in `mono`; false where a sample is not
  /// finite or far too large for one.
  bool Mix(std::span<const float> interleaved, std::vector<float>& mono);

 private:
  std::size_t channels_;
  std::optional<std::size_t> only_;  ///< The channel to take alone.
};

}  // namespace euphone
