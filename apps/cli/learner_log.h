#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/units.h"
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
  /// Makes the store and the learner where they are missing. `phones` must outlive the log. Fails:
  /// as OpenOrMakeStore, AddLearner.
  static Result<std::unique_ptr<LearnerLog>> Open(const StoreOptions& options,
                                                  const std::string& learner,
                                                  const PhoneSet& phones);

  /// What was read at `said_ms`, be it of a lesson. Fails: as AddTake.
  Status Keep(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
              const std::string& lesson = "", const std::string& item = "");

  /// A take of live speech, whose judgement follows; `lesson` and `item` say what was read.
  void Keep(std::size_t item, const FinishedTake& take);
  Status Keep(std::size_t item, const SentenceFinished& finished, const std::string& lesson,
              const std::string& item_id);

 private:
  LearnerLog(Store store, LearnerId learner, const PhoneSet& phones)
      : store_(std::move(store)), learner_(learner), phones_(&phones) {}

  Status Put(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
             const std::string& lesson, const std::string& item);

  std::mutex mutex_;  ///< Guards all below.
  Store store_;
  LearnerId learner_;
  const PhoneSet* phones_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> waiting_;  ///< Item, sentence.
};

}  // namespace euphone::cli
