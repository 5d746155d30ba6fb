#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "audio/quality.h"
#include "command/command.h"
#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone {

/// What happens while somebody reads aloud. Words and sentences are numbered as in the text of the
/// session, from 0. All spans and times are samples at kRecordingRate since the session began.
/// contract/live_event.schema.json and docs/formats/live-events.md say how each is written.

/// The session hears.
struct Listening {
  std::string text;
  std::string live_model;   ///< "name version" of what hears while somebody speaks.
  std::string final_model;  ///< Of what judges a finished sentence.
  struct Word {
    std::string text;  ///< As it is said.
    TextSpan span;     ///< In `text`.
    std::size_t sentence = 0;
  };
  std::vector<Word> words;
};

/// Twenty times a second.
struct SoundLevel {
  double rms_dbfs = -120.0;
  double peak_dbfs = -120.0;
  bool speaking = false;
};

struct SpeechStarted {};

/// Where the reader is: the word being said or, between two words, the one to come. Absent after
/// the last one.
struct WordCurrent {
  std::optional<std::size_t> word;
};

enum class WordState {
  kPartial,    ///< Said a moment ago; what follows may change it.
  kSettled,    ///< What is known before the sentence is finished.
  kFinal,      ///< From the full pass over the sentence: as `euphone analyze` says.
  kWithdrawn,  ///< It was not this word after all, or not said here.
};

/// How well a word was said. A later revision replaces an earlier one of the same word and take.
struct WordScored {
  std::size_t word = 0;
  std::size_t take = 0;      ///< Of its sentence, from 1.
  std::size_t revision = 0;  ///< From 1.
  WordState state = WordState::kPartial;
  bool provisional = true;  ///< The final score may well be more than 5 points off.
  SampleSpan span;
  std::optional<double> accuracy;  ///< 0–100; absent where withdrawn or not judged.
  Band band = Band::kNotSure;
  WordError error = WordError::kNone;
};

/// The sounds of a word, together with its state kSettled and kFinal.
struct PhonesScored {
  std::size_t word = 0;
  std::size_t take = 0;
  std::size_t revision = 0;  ///< That of the word.
  std::vector<PhoneScore> phones;
};

/// Words [first, last] were passed over.
struct Skipped {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A word was said again, or broken off and begun anew.
struct Repeated {
  std::size_t word = 0;
};

/// The reader went back.
struct Restarted {
  std::size_t from = 0;  ///< The last word said before.
  std::size_t to = 0;
};

/// Something was said that the text does not have.
struct Inserted {
  std::size_t before = 0;  ///< The word of the text that comes next.
  SampleSpan span;
  std::vector<PhoneId> heard;
};

/// Nothing has been said for a while in the middle of a sentence.
struct LongPause {
  std::size_t after = 0;  ///< The last word said.
  std::int64_t samples = 0;
};

/// Somebody called out a command, or the wake phrase. What was said counts as no reading.
struct CommandHeard {
  std::optional<Command> command;  ///< Absent: the wake phrase alone; a command may follow.
  bool wake = false;               ///< The wake phrase came with it or before it.
  SampleSpan span;
};

/// The microphone or the room makes judging hard.
struct QualityNotice {
  Finding finding;
};

/// Why a take ended.
enum class EndReason {
  kContent,  ///< Its last word was said.
  kMovedOn,  ///< Another sentence has begun.
  kSilence,  ///< Nothing came any more.
  kStopped,  ///< By hand, or the audio ended.
};

/// A sentence was read, in part at least. The first revision comes as soon as its last word was
/// said; the settled one, with a moment of silence behind it, replaces it.
struct SentenceFinished {
  std::size_t sentence = 0;
  std::size_t take = 0;
  std::size_t revision = 0;
  bool settled = false;
  EndReason reason = EndReason::kContent;
  SampleSpan span;             ///< The take: `euphone analyze` says the same of these samples.
  std::size_t first_word = 0;  ///< Of the sentence in the text; the analysis counts from 0.
  /// How long the full pass took; absent where no clock counts.
  std::optional<double> pass_ms = std::nullopt;
  std::shared_ptr<const Analysis> analysis;
};

/// The last sentence of the text was read, and settled.
struct TextFinished {};

/// Audio was lost before it was heard.
struct Overrun {
  std::int64_t samples = 0;  ///< In this gap; 0: the device does not say how many.
  std::int64_t total = 0;    ///< Gaps so far.
};

/// The session is behind the microphone by so much and catches up.
struct Late {
  std::int64_t samples = 0;
};

/// The session cannot go on, or a sentence could not be judged.
struct Failed {
  Error error;
  bool fatal = false;
};

/// The session has ended; nothing follows.
struct Stopped {
  std::int64_t samples = 0;  ///< Heard in all.
  std::int64_t lost = 0;     ///< Samples known to be lost.
};

using EventKind =
    std::variant<Listening, SoundLevel, SpeechStarted, WordCurrent, WordScored, PhonesScored,
                 Skipped, Repeated, Restarted, Inserted, LongPause, CommandHeard, QualityNotice,
                 SentenceFinished, TextFinished, Overrun, Late, Failed, Stopped>;

struct Event {
  std::int64_t at = 0;  ///< Samples that had been heard when it became known.
  /// Seconds since the session began, by the clock, when it was told; absent where there is none.
  std::optional<double> wall_s = std::nullopt;
  EventKind kind;
};

}  // namespace euphone
