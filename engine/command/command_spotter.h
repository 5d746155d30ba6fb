#pragma once

#include <array>
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

/// How sure a call must be, each in the order of kCommands; PhraseFit, in nats. Between what
/// speakers of these phrases get and what other speech does by chance, as
/// `tools/figures/commands.py --fits` prints them; docs/decisions/034-hands-free.md.
struct CallThresholds {
  std::array<double, kCommands.size()> alone{-2.95, -3.9, -3.6, -3.45, -4.05};
  double wake = -4.25;
  /// In one breath with the wake phrase.
  std::array<double, kCommands.size()> with_wake{-4.6, -4.15, -4.8, -4.4, -4.15};
  double awake = -5.5;  ///< Soon after the wake phrase.
  std::size_t quiet_before =
      50;  ///< Frames of silence before it, but for one soon after it (0.6 s).
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

  /// The next frames, at most UtteranceFinder::kQuiet of them, so that at most one utterance ends.
  /// One that begins before frame `awake_until` is taken for a command more readily.
  std::optional<Call> Push(const Posteriors& fresh, std::size_t awake_until = 0);

  /// Where something began that may become a call.
  std::optional<std::size_t> pending() const { return finder_.pending(); }

  /// Of each of kCommands, in this order, and of the wake phrase last.
  const std::vector<Phrase>& phrases() const { return phrases_; }

  /// How well an utterance fits each of phrases(), then the wake phrase before each command.
  std::vector<double> Fits(const Utterance& utterance) const;

 private:
  CommandSpotter() = default;
  std::optional<Call> Judge(const Utterance& utterance, bool awake) const;
  void Forget();

  CallThresholds thresholds_;
  std::vector<Phrase> phrases_;
  std::vector<Phrase> joined_;  ///< The wake phrase and each command.
  UtteranceFinder finder_;
  Posteriors heard_;  ///< From first_frame_ on.
  std::size_t first_frame_ = 0;
};

}  // namespace euphone
