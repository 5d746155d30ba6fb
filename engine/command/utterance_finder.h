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
};

/// Finds what is said by itself: at least kQuietBefore of silence, at most kLongest of speech,
/// kQuietAfter of silence. Frames of 12 ms, counted from the beginning of the stream; before it is
/// silence.
class UtteranceFinder {
 public:
  static constexpr std::size_t kQuietBefore = 25;  ///< 0.3 s.
  static constexpr std::size_t kQuietAfter = 25;   ///< 0.3 s; shorter pauses lie within a phrase.
  static constexpr std::size_t kLongest = 250;     ///< 3 s.

  /// `log_probs`: the next row of the framewise output. The utterance that ended kQuietAfter ago.
  std::optional<Utterance> Push(std::span<const float> log_probs);

  /// Where something began that may turn out to be one; absent: nothing.
  std::optional<std::size_t> pending() const;

  std::size_t frames() const { return voice_.frames(); }

 private:
  VoiceActivity voice_;
  bool inside_ = false;    ///< Speech has begun, and not ended.
  bool isolated_ = false;  ///< With silence before it.
  std::size_t begin_ = 0;
};

}  // namespace euphone
