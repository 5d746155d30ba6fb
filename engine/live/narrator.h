#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "align/alignment.h"
#include "align/tracker.h"
#include "live/event.h"
#include "live/live_text.h"
#include "model/acoustic_model.h"

namespace euphone {

/// A visit to a word as it has been told.
struct SaidWord {
  Reading visit;  ///< As the tracker saw it last.
  std::size_t take = 0;
  std::size_t revision = 0;
  WordState state = WordState::kPartial;
  double accuracy = 0.0;  ///< As told last.
  bool skip_told = false;
};

/// Makes out of what the tracker sees what is worth telling: where the reader is, what was passed
/// over, said again or put in. Each thing is told once, although the tracker may see it a little
/// differently from one time to the next.
class Narrator {
 public:
  using Tell = std::function<void(EventKind)>;

  Narrator(const LiveText& text, FrameGrid grid, Tell tell)
      : text_(text), grid_(grid), tell_(std::move(tell)) {}

  /// `visits`: those of the tracker that began at or after frame `floor`. What was said before that
  /// is forgotten. `now`: frames heard. Words that are new are in said() with revision 0.
  void Update(std::span<const Reading> visits, const Tracker& tracker, std::size_t floor,
              std::size_t now);

  /// Takes back the words that began at or after frame `begin`.
  void Withdraw(std::size_t begin);

  /// Words said since `floor`, in time order; those read to their end.
  std::vector<SaidWord>& said() { return said_; }

 private:
  void Withdraw(const SaidWord& word);
  void TellCursor(const Tracker& tracker, std::size_t now);
  void Match(std::span<const Reading> visits);
  void TellJumps(std::size_t now);
  void TellBrokenOff(std::span<const Reading> visits);
  void TellInserted(std::span<const Reading> visits, std::size_t now);

  const LiveText& text_;
  FrameGrid grid_;
  Tell tell_;
  std::vector<SaidWord> said_;
  std::vector<Reading> told_;             ///< Broken-off words and insertions that were told.
  std::optional<std::size_t> last_word_;  ///< The last one before those of said_.
  std::optional<std::size_t> cursor_;
  bool cursor_told_ = false;
  std::optional<std::size_t> back_since_;  ///< Frame from which on the reader seems to be back.
};

}  // namespace euphone
