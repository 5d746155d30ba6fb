#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "align/voice_activity.h"

namespace euphone {

/// Frames [begin, end) of speech with silence on both sides.
struct Utterance {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t quiet_before = 0;  ///< Frames of silence.
};

/// Finds what is said by itself: kQuiet of silence, at most kLongest of speech, kQuiet of silence.
/// Frames of 12 ms, counted from the beginning of the stream.
class UtteranceFinder {
 public:
  static constexpr std::size_t kQuiet = 33;     ///< 0.4 s; shorter pauses lie within a phrase.
  static constexpr std::size_t kLongest = 250;  ///< 3 s.

  /// `log_probs`: the next row of the framewise output. The utterance that ended kQuiet ago.
  std::optional<Utterance> Push(std::span<const float> log_probs);

  /// Where something began that may turn out to be one; absent: nothing.
  std::optional<std::size_t> pending() const;

  std::size_t frames() const { return voice_.frames(); }

 private:
  VoiceActivity voice_;
  bool inside_ = false;  ///< Speech has begun, and not ended.
  std::size_t begin_ = 0, quiet_before_ = 0;
};

}  // namespace euphone
