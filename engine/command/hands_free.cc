#include "command/hands_free.h"

#include <algorithm>
#include <utility>

namespace euphone {
namespace {

/// A word that was read may begin a little before the utterance that it is all of (0.1 s).
constexpr std::size_t kSameBegin = 8;

}  // namespace

Result<HandsFree> HandsFree::Create(const Lexicon& lexicon, std::span<const AlignWord> words,
                                    const HandsFreeConfig& config) {
  auto spotter = CommandSpotter::Create(lexicon, config.wake);
  if (!spotter) return spotter.error();
  TextGuard guard(words, spotter->phrases());
  return HandsFree(*std::move(spotter), std::move(guard), config);
}

std::optional<Call> HandsFree::Push(const Posteriors& fresh, const ReadingState& reading) {
  std::optional<Call> call = spotter_.Push(fresh, awake_until_);
  if (!call) return std::nullopt;
  const auto in_text = [&](std::size_t phrase) {
    return guard_.Has(phrase, reading.near_first, reading.near_last);
  };
  if (call->wake) {
    if (in_text(kCommands.size())) return std::nullopt;
    awake_until_ = call->command ? 0 : call->at.end + config_.awake_frames;
    return call;
  }
  if (call->at.begin < awake_until_) {
    awake_until_ = 0;
    call->wake = true;
    return call;
  }
  if (reading.since && *reading.since + kSameBegin < call->at.begin) return std::nullopt;
  const auto index =
      static_cast<std::size_t>(std::ranges::find(kCommands, *call->command) - kCommands.begin());
  if (in_text(index)) return std::nullopt;
  return call;
}

}  // namespace euphone
