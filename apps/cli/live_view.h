#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lexicon/phone_set.h"
#include "live/event.h"
#include "live_level.h"
#include "report/marked_text.h"
#include "report/summary.h"

namespace euphone::cli {

enum class LiveKey {
  kRetry,
  kNext,
  kPrevious,
  kToggle,  ///< Stops and starts listening.
  kOwn,     ///< Plays what was said.
  kModel,   ///< Plays how it should sound.
  kSlow,
  kLeft,
  kRight,
  kUp,
  kDown,
  kBack,  ///< No word is chosen any more; help goes away.
  kVerbose,
  kHelp,
  kQuit,
  kOther,  ///< Does nothing but to close help.
};

/// What whoever owns the microphone and the loudspeaker is to do after a key.
enum class LiveAction { kNone, kRestart, kOpen, kStop, kStart, kOwn, kModel, kQuit };

enum class LiveState {
  kOpening,  ///< The input is about to be heard.
  kListening,
  kStopped,  ///< By hand, or the audio has ended.
  kPlaying,
  kFailed,  ///< Nothing can be heard any more; the notice says why.
};

/// A word of the text, as it is marked now.
struct ViewWord {
  std::size_t sentence = 0;
  TextSpan span;
  WordSign sign = WordSign::kNone;  ///< kNone: not said yet.
  bool partial = false;             ///< Said a moment ago; what follows may change it.
  bool provisional = true;
  std::size_t revision = 0;
  std::optional<double> accuracy = std::nullopt;
  Band band = Band::kNotSure;
  WordError error = WordError::kNone;
  std::vector<PhoneScore> phones = {};  ///< Empty before the word has settled.
};

struct ViewTry {
  std::size_t number = 0;  ///< From 1.
  bool settled = false;
  std::optional<double> score = std::nullopt;  ///< Absent where it could not be judged.
};

struct ViewSentence {
  std::size_t first_word = 0;
  std::size_t word_count = 0;
  std::vector<ViewTry> tries;
  Summary summary;                           ///< Of the last try.
  std::shared_ptr<const Analysis> analysis;  ///< The same; null: none yet.
  bool current = false;  ///< The marks are those of the last try, not of one that goes on.
  std::size_t take = 0;  ///< Of this session, of which the marks are; 0: none yet.
  bool open = false;     ///< That take goes on.
  bool waiting = false;  ///< Marks were set for a take whose first word has not been judged yet.
};

/// One thing to practise, with all that was said of it so far.
struct ViewItem {
  std::string text;
  std::vector<ViewWord> words;
  std::vector<ViewSentence> sentences;
};

/// What a learner sees while he reads, and what his keys do: events and keys in, a picture out.
/// Knows no terminal, thread or clock. Thread: one at a time.
class LiveView {
 public:
  /// `phones` must outlive this. `items`: how many there are, at least one.
  /// `ipa` off: sounds are named in ARPAbet.
  LiveView(const PhoneSet& phones, std::size_t items, std::string title, bool ipa = true)
      : phones_(phones), title_(std::move(title)), ipa_(ipa), items_(items) {}

  void Hear(const Event& event);
  LiveAction Press(LiveKey key);
  void SetState(LiveState state) { state_ = state; }
  /// Commands are listened for, after this phrase also while somebody reads.
  void SetWake(std::string wake) { wake_ = std::move(wake); }
  void SetNotice(std::string notice) {
    notice_ = std::move(notice);
    passing_ = false;
    passed_over_.reset();
  }

  const PhoneSet& phones() const { return phones_; }
  const std::string& title() const { return title_; }
  std::size_t item_index() const { return item_; }
  std::size_t item_count() const { return items_.size(); }
  const ViewItem& item() const { return items_[item_]; }
  LiveState state() const { return state_; }
  const LevelView& level() const { return level_; }
  const std::string& notice() const { return notice_; }  ///< One line; empty: none.
  bool slow() const { return slow_; }
  bool verbose() const { return verbose_; }
  bool help() const { return help_; }
  bool text_finished() const { return text_finished_; }
  const std::string& wake() const { return wake_; }  ///< Empty: no commands are listened for.

  std::optional<std::size_t> cursor() const { return cursor_; }  ///< Word being read or to come.
  std::optional<std::size_t> chosen() const { return chosen_; }  ///< By the arrow keys.
  /// The word whose sounds are shown: the chosen one, else the one that was judged last.
  std::optional<std::size_t> inspected() const { return chosen_ ? chosen_ : judged_; }
  /// The sentence that is practised now. REQUIRES: sentences.
  std::size_t sentence() const;
  /// As the full pass judged it; null before that.
  const WordScore* JudgedWord(std::size_t word) const;
  /// The word as written, "nineteen" where several words share what is written ("1998").
  std::string WrittenWord(std::size_t word) const;

 private:
  void Mention(std::string what);
  void Begin(std::size_t sentence, std::size_t take);
  void AddTry(ViewSentence& in, const SentenceFinished& e);
  void On(const Listening& e);
  void On(const SoundLevel& e) { level_.Hear(e); }
  void On(const WordCurrent& e) { cursor_ = e.word; }
  void On(const WordScored& e);
  void On(const PhonesScored& e);
  void On(const Skipped& e);
  void On(const Repeated& e);
  void On(const Restarted& e);
  void On(const Inserted& e);
  void On(const LongPause& e);
  void On(const CommandHeard& e);
  void On(const QualityNotice& e);
  void On(const SentenceFinished& e);
  void On(const TextFinished&) { text_finished_ = true; }
  void On(const Overrun& e);
  void On(const Late& e);
  void On(const Failed& e);
  void On(const Stopped&);
  void On(const SpeechStarted&) {}

  LiveAction Go(std::size_t item);
  void Choose(int step);
  void ForgetMarks(std::size_t sentence);

  const PhoneSet& phones_;
  std::string title_;
  bool ipa_;
  std::vector<ViewItem> items_;
  std::size_t item_ = 0;
  LiveState state_ = LiveState::kOpening;
  LevelView level_;
  std::string notice_, wake_;
  bool slow_ = false, verbose_ = false, help_ = false, text_finished_ = false;
  std::optional<std::size_t> cursor_, chosen_, judged_;
  bool begun_ = false;                  ///< A word was judged in this session.
  bool passing_ = false;                ///< notice_ is of the reading, and goes with the result.
  std::optional<Skipped> passed_over_;  ///< What notice_ says; absent: it says something else.
};

}  // namespace euphone::cli
