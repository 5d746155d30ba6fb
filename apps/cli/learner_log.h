#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/units.h"
#include "coach/advice.h"
#include "lexicon/phone_set.h"
#include "live/event.h"
#include "live/live_session.h"
#include "score/analysis.h"
#include "store/takes.h"
#include "store_access.h"

namespace euphone::cli {

/// Keeps a learner's takes in the store. Thread: any.
class LearnerLog {
 public:
  /// Makes the store and the learner where they are missing. `phones` must outlive the log. A disk
  /// that is full or fails is told by each Keep(), which tries again: a lesson goes on. Fails: as
  /// OpenOrMakeStore, AddLearner, but for kIo.
  static Result<std::unique_ptr<LearnerLog>> Open(const StoreOptions& options,
                                                  const std::string& learner,
                                                  const PhoneSet& phones);

  /// What the coach knows of the learner now; nothing where the store cannot be read, which Keep()
  /// tells.
  LearnerRecord Record();

  /// What was read at `said_ms`, be it of a lesson. Fails: as AddTake.
  Status Keep(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
              const std::string& lesson = "", const std::string& item = "");

  /// A take of live speech, whose judgement follows; `lesson` and `item` say what was read.
  void Keep(std::size_t item, const FinishedTake& take);
  Status Keep(std::size_t item, const SentenceFinished& finished, const std::string& lesson,
              const std::string& item_id);

 private:
  LearnerLog(const StoreOptions& options, std::string learner, const PhoneSet& phones)
      : options_(options), name_(std::move(learner)), phones_(&phones) {}

  Status Open();
  Status Put(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
             const std::string& lesson, const std::string& item);

  const StoreOptions options_;
  const std::string name_;
  std::mutex mutex_;            ///< Guards all below.
  std::optional<Store> store_;  ///< Absent: it could not be opened so far.
  LearnerId learner_;
  const PhoneSet* phones_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> waiting_;  ///< Item, sentence.
};

}  // namespace euphone::cli
