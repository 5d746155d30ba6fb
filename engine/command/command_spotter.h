#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "command/command.h"
#include "command/phrase.h"
#include "command/utterance_finder.h"
#include "lexicon/lexicon.h"
#include "model/acoustic_model.h"

namespace euphone {

/// A call that was heard by itself: a command, the wake phrase, or both in one breath.
struct Call {
  bool wake = false;
  std::optional<Command> command;  ///< Present where `wake` is false.
  Utterance at;
  double fit = 0.0;  ///< PhraseFit, above the least for its kind; 0 at best.
};

/// The least PhraseFit at which an utterance counts as a call, in nats. Between what speakers of
/// these phrases get and what other speech does by chance: docs/decisions/034-hands-free.md.
struct CallThresholds {
  double command = -4.6;
  double wake = -5.0;  ///< Also where a command follows it in one breath.
};

/// Hears the commands and the wake phrase in what a live model makes of speech, each only where it
/// stands alone between silences. Time for a frame is small, and that for the end of an utterance
/// below a millisecond. Thread: one at a time. Any cutting into pieces gives the same calls.
class CommandSpotter {
 public:
  /// Fails: as MakePhrase; kInvalidArgument for a wake phrase of fewer than five sounds, or one
  /// that contains a command or is part of one.
  static Result<CommandSpotter> Create(const Lexicon& lexicon, std::string_view wake,
                                       const CallThresholds& thresholds = {});

  /// The next frames. At most one utterance ends in a step of a model (12 frames): the last one
  /// counts.
  std::optional<Call> Push(const Posteriors& fresh);

  /// Where something began that may become a call.
  std::optional<std::size_t> pending() const { return finder_.pending(); }

  /// Of each of kCommands, in this order, and of the wake phrase last.
  const std::vector<Phrase>& phrases() const { return phrases_; }

  /// How well an utterance fits each of phrases(), then the wake phrase before each command.
  std::vector<double> Fits(const Utterance& utterance) const;

 private:
  CommandSpotter() = default;
  std::optional<Call> Judge(const Utterance& utterance) const;
  void Forget();

  CallThresholds thresholds_;
  std::vector<Phrase> phrases_;
  std::vector<Phrase> joined_;  ///< The wake phrase and each command.
  UtteranceFinder finder_;
  Posteriors heard_;  ///< From first_frame_ on.
  std::size_t first_frame_ = 0;
};

}  // namespace euphone
