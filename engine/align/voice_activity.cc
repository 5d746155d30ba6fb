#include "align/voice_activity.h"

#include <cmath>

namespace euphone {

void VoiceActivity::Push(std::span<const float> log_probs) {
  ++frames_;
  const bool speech = std::exp(log_probs.front()) < 0.5F;
  // A frame or two of silence lie within many words: before a plosive's burst, say.
  constexpr std::size_t kWithinWords = 4;
  if (speech)
    ++run_;
  else if (frames_ - last_speech_ > kWithinWords)
    run_ = 0;
  if (!speech) return;
  ++speech_;
  if (run_ >= kFrames) last_speech_ = frames_;
}

}  // namespace euphone
