#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "store/learners.h"
#include "store/recordings.h"
#include "store/store.h"

namespace euphone {

struct TakeId {
  std::int64_t value = 0;
  friend bool operator==(TakeId, TakeId) = default;
};

/// What is counted of an analysis, so that progress needs no document; sums over one take.
struct TakeSums {
  struct Sound {
    std::string sound;  ///< ARPAbet.
    std::int64_t count = 0;
    double score_sum = 0.0;
    double square_sum = 0.0;  ///< Of the scores.
    std::int64_t wrong = 0;   ///< Claimed to be wrong; "not sure" counts as neither.
  };
  struct Confusion {
    std::string expected, said;  ///< ARPAbet; `said` is empty where the sound was dropped.
    std::int64_t count = 0;
  };
  struct Word {
    std::string word;  ///< As it is said, in small letters.
    std::int64_t count = 0;
    double score_sum = 0.0;
    std::int64_t wrong = 0;  ///< Mispronounced or left out.
  };
  std::vector<Sound> sounds;
  std::vector<Confusion> confusions;
  std::vector<Word> words;
};

/// A judgement of a take by one model.
struct TakeJudgement {
  std::string model;    ///< "name version".
  std::string verdict;  ///< As in euphone.analysis/1.
  std::optional<double> accuracy, fluency, completeness, prosody, total, uncertainty;
  std::string findings;  ///< Kinds of quality findings, separated by blanks.
  TakeSums sums;
  std::vector<std::string> tips = {};  ///< What the coach said, first things first (Advice::tip).
  std::string document;                ///< euphone.analysis/1.
};

struct NewTake {
  LearnerId learner;
  std::int64_t said_ms = 0;        ///< When it began: milliseconds since 1970, UTC.
  std::int64_t utc_offset_ms = 0;  ///< Of the learner's clock then: which day it counts for.
  std::string text;
  std::string lesson, item;  ///< Empty where it was no lesson.
  std::int64_t duration_ms = 0;
  std::string uuid;  ///< Empty: a new one.
  bool starred = false;
  std::string note;
  TakeJudgement judgement;
};

/// What the log shows of a take.
struct TakeRow {
  TakeId id;
  std::string uuid;
  LearnerId learner;
  std::int64_t said_ms = 0;
  std::int64_t day = 0;  ///< Days since 1970 by the learner's clock.
  std::string text, lesson, item;
  std::int64_t duration_ms = 0;
  bool has_recording = false;
  std::string model, verdict;
  std::optional<double> accuracy, fluency, completeness, prosody, total, uncertainty;
  std::string findings;
  bool starred = false;
  std::string note;
  std::int64_t comments = 0, unseen = 0;  ///< Of humans (comments.h); of these, not yet seen.
  std::optional<double> sound_mean;       ///< Of the sound that was asked for.
};

/// How recordings are kept.
enum class AudioFormat {
  kFlac,  ///< As it was, in half of the bytes: a later model judges the same samples.
  kOpus,  ///< About a tenth of the bytes; a score may change by some points.
};
/// Of this store; FLAC where nothing was said. It holds for what is kept from now on.
Result<AudioFormat> GetAudioFormat(Store& store);
Status SetAudioFormat(Store& store, AudioFormat format);

/// Keeps a take: the recording first, all rows in one transaction after it. Once it returns, the
/// take survives a kill and a loss of power; if it fails nothing of it is kept. The recording is in
/// the store's format. What its learner shares of it is in the outbox then (kept_outbox.h), in the
/// same transaction, as far as there is room.
/// `pcm` may be empty: then only the judgement is kept.
/// Fails: kIo (full disk), kNotFound (no such learner), kUnsupported (as EncodeAudio).
Result<TakeId> AddTake(Store& store, const NewTake& take, PcmView pcm, SampleRate rate);

/// Likewise for a recording that is encoded already, from another store; nothing of it is shared.
Result<TakeId> AddTake(Store& store, const NewTake& take,
                       const std::optional<EncodedRecording>& recording);

/// Judges a take anew, by another model; the older judgements stay readable, and the tips that were
/// told stay those of the first.
Status JudgeAgain(Store& store, TakeId id, const TakeJudgement& judgement, std::int64_t now_ms);

enum class TakeOrder { kNewest, kOldest, kWorst, kBest };
/// By its name: newest, oldest, worst, best. Nothing: there is none of that name.
std::optional<TakeOrder> TakeOrderNamed(std::string_view name);

struct TakeQuery {
  std::optional<LearnerId> learner = std::nullopt;
  std::string search = {};  ///< Words that the text or the note has; the last may be a beginning.
  std::string lesson = {};
  std::string sound = {};  ///< Only with it, ARPAbet; the worst and the best are by its score then.
  bool starred = false;    ///< Only those.
  std::optional<double> below = std::nullopt;          ///< Only with a total below it.
  std::optional<std::int64_t> from_ms = std::nullopt;  ///< Only said in [from, to).
  std::optional<std::int64_t> to_ms = std::nullopt;
  TakeOrder order = TakeOrder::kNewest;
  std::optional<TakeId> after =
      std::nullopt;        ///< The last one of the page before; it must still be there.
  std::size_t limit = 50;  ///< At most 1000.
};
/// One page. A search in the order of time gives what was kept last, or first, first: an imported
/// take counts from its import. Fails: kInvalidArgument (`after` is not there).
Result<std::vector<TakeRow>> FindTakes(Store& store, const TakeQuery& query);

/// Fails: kNotFound, as the next.
Result<TakeRow> GetTake(Store& store, TakeId id);
Result<TakeRow> GetTake(Store& store, std::string_view uuid);

/// Judgements of a take, oldest first; the last one counts.
struct KeptJudgement {
  std::string model;
  std::int64_t made_ms = 0;
  std::string document;
};
Result<std::vector<KeptJudgement>> JudgementsOf(Store& store, TakeId id);

/// Fails: kNotFound where none is kept.
Result<KeptRecording> RecordingOf(Store& store, TakeId id);

Status StarTake(Store& store, TakeId id, bool starred);
Status NoteTake(Store& store, TakeId id, std::string_view note);

/// With its comments. Its row first, then the recordings that nothing else has. Fails: kNotFound.
Status DeleteTake(Store& store, TakeId id);
/// Forgets the sound, keeps the scores and the comments.
Status DeleteRecording(Store& store, TakeId id);

}  // namespace euphone
