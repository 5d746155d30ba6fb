#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store_access.h"
#include "tutor/answer_json.h"
#include "tutor/search.h"
#include "tutor_parts.h"

namespace euphone::cli {

/// An index to ask, with what it stands on. Thread: one at a time.
class TutorIndex {
 public:
  /// Of what everybody may read; of a learner also her notes and lessons. `learner`: empty: nobody
  /// in particular. Fails: as OpenStore, FindLearner, UpdateIndex and Search::Open.
  static Result<std::unique_ptr<TutorIndex>> Open(const TutorParts& parts,
                                                  const std::string& learner,
                                                  const StoreOptions& store);

  /// An answer, or so many passages where `passages` is not 0. Fails: as AskTutor and
  /// RecordFor.
  Result<TutorReply> Ask(const std::string& question, std::size_t passages = 0);

  /// Of all learners in the store; none where nobody in particular asks.
  Result<std::vector<std::string>> names();

  const Lexicon& lexicon() const { return search_->lexicon(); }
  const PhoneSet& phones() const { return search_->phones(); }

 private:
  std::optional<Store> store_;  ///< Of the learner who asks.
  LearnerId learner_;
  std::optional<Database> database_;  ///< Where there is no store.
  std::optional<Search> search_;
};

}  // namespace euphone::cli
