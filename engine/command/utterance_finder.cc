#include "command/utterance_finder.h"

namespace euphone {
namespace {

/// VoiceActivity tells of speech after so many frames of it.
constexpr std::size_t kToldAfter = 5;

}  // namespace

std::optional<Utterance> UtteranceFinder::Push(std::span<const float> log_probs) {
  const std::size_t before = voice_.last_speech();
  voice_.Push(log_probs);
  if (!inside_ && voice_.last_speech() != before) {
    inside_ = true;
    begin_ = voice_.frames() - kToldAfter;
    isolated_ = before == 0 || begin_ >= before + kQuietBefore;
  }
  if (!inside_ || voice_.quiet() < kQuietAfter) return std::nullopt;
  inside_ = false;
  if (!isolated_ || voice_.last_speech() - begin_ > kLongest) return std::nullopt;
  return Utterance{begin_, voice_.last_speech()};
}

std::optional<std::size_t> UtteranceFinder::pending() const {
  if (!inside_ || !isolated_ || voice_.last_speech() - begin_ > kLongest) return std::nullopt;
  return begin_;
}

}  // namespace euphone
