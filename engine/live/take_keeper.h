#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "align/tracker.h"
#include "align/voice_activity.h"
#include "live/event.h"
#include "live/live_text.h"

namespace euphone {

/// When a sentence counts as read. All in frames of 12 ms. Learners pause in the middle of words
/// and sentences: a sentence ends by its content first, by silence only where nothing comes for
/// long.
struct Endpointing {
  std::size_t done = 3;             ///< Silence after the last word until a first result (36 ms).
  std::size_t unclear = 8;          ///< The same where that word was not recognised (0.1 s).
  std::size_t done_in_noise = 25;   ///< The same where there is no silence (0.3 s).
  std::size_t settled = 50;         ///< Silence after it until the take ends (0.6 s).
  std::size_t settled_noise = 125;  ///< The same where there is no silence (1.5 s).
  std::size_t nearly = 100;         ///< Silence where all but the last words were said (1.2 s).
  std::size_t patience = 500;       ///< Silence anywhere else (6 s).
  std::size_t pause = 125;          ///< Silence that is told as a long pause (1.5 s).
  std::size_t longest = 7'500;      ///< A take that lasts longer is ended (90 s).
};

/// Cuts what is said into takes: one reading of one sentence each, however the reader goes about
/// it. Frames count from the beginning of the stream.
class TakeKeeper {
 public:
  TakeKeeper(const LiveText& text, const Endpointing& endpointing)
      : text_(text), endpointing_(endpointing), takes_(text.sentences().size(), 0) {}

  struct Take {
    std::size_t sentence = 0;
    std::size_t number = 0;    ///< From 1.
    std::size_t begin = 0;     ///< Frame at which its first word begins.
    std::size_t revision = 0;  ///< Results asked for so far.
  };
  struct Finish {
    Take take;
    bool settled = false;
    EndReason reason = EndReason::kContent;
    std::size_t end = 0;  ///< Frame at which the take is cut.
  };

  /// The take that is open, with the visits of its sentence among `visits` (those of the tracker
  /// since floor()): from the first on, as far as they belong to it.
  const std::optional<Take>& open() const { return open_; }
  std::span<const Reading> Within(std::span<const Reading> visits) const;

  /// What is finished now, if anything; a settled one closes the take and moves floor() to its
  /// end.
  std::optional<Finish> Update(std::span<const Reading> visits, const Tracker& tracker,
                               const VoiceActivity& voice);

  /// The first result of the open take before it is certain that its last word was said: whoever
  /// begins to judge [begin, end) now may be done when Update() asks for just that. Once for each
  /// moment of silence; to be asked after Update().
  std::optional<Finish> Ahead(const Tracker& tracker, const VoiceActivity& voice);

  /// Whether a first result is near, so that each hundredth of a second counts: the reader is in
  /// the last word of the open take, or about to begin it, or a moment ago was behind it.
  bool NearTheEnd(const Tracker& tracker, const VoiceActivity& voice) const;

  /// Closes what is open; nothing where nothing is.
  std::optional<Finish> Stop(std::size_t now);

  /// Something else was said in [begin, end), end being now: closes a take that began before it;
  /// what began in it is forgotten.
  std::optional<Finish> Interrupt(std::size_t begin, std::size_t end);

  /// A take of `sentence` in which no word of it was heard: [begin, end).
  Finish Unread(std::size_t sentence, std::size_t begin, std::size_t end, EndReason reason);

  /// A pause to be told, once for each.
  std::optional<LongPause> Pause(const VoiceActivity& voice);

  /// Frame before which everything belongs to finished takes.
  std::size_t floor() const { return floor_; }

 private:
  void Open(std::span<const Reading> visits);
  std::size_t LastWord() const;
  bool InLastWord(const Tracker& tracker) const;
  bool Told(const VoiceActivity& voice) const;
  std::size_t EndOf(const VoiceActivity& voice) const;
  Finish Close(EndReason reason, std::size_t end);

  const LiveText& text_;
  Endpointing endpointing_;
  std::vector<std::size_t> takes_;  ///< So far, of each sentence.
  std::optional<Take> open_;
  std::size_t count_ = 0;        ///< Visits that belong to the open take.
  std::size_t skipped_ = 0;      ///< Visits before its first one.
  std::size_t last_word_ = 0;    ///< The last word said in it.
  std::size_t last_end_ = 0;     ///< Where that ended.
  std::size_t told_end_ = 0;     ///< Where its last word ended when a result was asked for.
  std::size_t told_cut_ = 0;     ///< Where the take was cut then.
  std::size_t told_speech_ = 0;  ///< VoiceActivity::last_speech() then.
  std::size_t ahead_ = 0;        ///< Where the take is cut if it is finished already; 0: nowhere.
  std::size_t ahead_told_ = 0;   ///< VoiceActivity::last_speech() then.
  std::size_t pause_told_ = 0;   ///< VoiceActivity::last_speech() of the pause told last.
  std::size_t floor_ = 0;
};

}  // namespace euphone
