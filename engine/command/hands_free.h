#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "align/alignment.h"
#include "base/result.h"
#include "command/command_spotter.h"
#include "command/text_guard.h"

namespace euphone {

struct HandsFreeConfig {
  std::string wake = "hey coach";  ///< Words of the lexicon or guessed; at least five sounds.
  std::size_t awake_frames = 417;  ///< How long a command may begin after the wake phrase (5 s).
};

/// What the reader is doing, as far as is known before the frames that are heard.
struct ReadingState {
  std::optional<std::size_t> since;  ///< Frame at which a sentence began that is not finished.
  std::size_t near_first = 0;        ///< Words [near_first, near_last) around the cursor.
  std::size_t near_last = 0;
};

/// Decides which calls are meant. A command by itself is one only while no sentence is being read
/// and where the text does not sound like it (TextGuard); after the wake phrase any is. A wake
/// phrase that the text sounds like is none. Thread: one at a time.
class HandsFree {
 public:
  /// `words`: the whole text that is read. Fails: as CommandSpotter::Create.
  static Result<HandsFree> Create(const Lexicon& lexicon, std::span<const AlignWord> words,
                                  const HandsFreeConfig& config);

  /// The next frames: the call that ended in them and is to be obeyed. Call::wake says whether the
  /// wake phrase came with it or before it.
  std::optional<Call> Push(const Posteriors& fresh, const ReadingState& reading);

  /// Where something began that may become a call.
  std::optional<std::size_t> pending() const { return spotter_.pending(); }

 private:
  HandsFree(CommandSpotter spotter, TextGuard guard, const HandsFreeConfig& config)
      : spotter_(std::move(spotter)), guard_(std::move(guard)), config_(config) {}

  CommandSpotter spotter_;
  TextGuard guard_;
  HandsFreeConfig config_;
  std::size_t awake_until_ = 0;  ///< Frame by which a command has to begin; 0: not awake.
};

}  // namespace euphone
