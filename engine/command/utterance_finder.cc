#include "command/utterance_finder.h"

#include <algorithm>

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
    quiet_before_ = begin_ - std::min(begin_, before);
  }
  if (!inside_ || voice_.quiet() < kQuiet) return std::nullopt;
  const bool may_be = pending().has_value();
  inside_ = false;
  if (!may_be) return std::nullopt;
  return Utterance{begin_, voice_.last_speech(), quiet_before_};
}

std::optional<std::size_t> UtteranceFinder::pending() const {
  if (!inside_ || quiet_before_ < kQuiet || voice_.last_speech() - begin_ > kLongest)
    return std::nullopt;
  return begin_;
}

}  // namespace euphone
