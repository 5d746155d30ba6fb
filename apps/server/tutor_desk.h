#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "lesson/lesson_pack.h"
#include "llm/llm_config.h"
#include "store/learners.h"
#include "store/store.h"
#include "tutor/answer_json.h"
#include "tutor/search.h"

namespace euphone::server {

/// Answers questions out of what the tutor knows; has the language model that is set up compose
/// answers, one at a time. What it searches with is opened for the first question. Thread: any.
class TutorDesk {
 public:
  using Opener = std::function<Result<std::shared_ptr<const SearchParts>>()>;

  /// `open` null: nothing is known, and nothing answered. `lessons`: those that everybody may read.
  TutorDesk(Opener open, std::optional<llm::LlmSettings> llm, std::vector<LessonPack> lessons)
      : open_(std::move(open)), llm_(std::move(llm)), lessons_(std::move(lessons)) {}

  /// For nobody in particular. Fails: kUnsupported where nothing is known; as the opener,
  /// OpenSharedIndex and AskTutor.
  Result<TutorReply> Ask(const std::string& question, bool compose);

  /// For a learner of a store, with her record, notes and lessons. Fails: also as UpdateIndex and
  /// RecordFor.
  Result<TutorReply> Ask(const std::string& question, bool compose, Store& store,
                         const Learner& learner);

  /// What is being composed is given up, and nothing is after that.
  void Stop() { stop_.request_stop(); }

 private:
  Result<std::shared_ptr<const SearchParts>> Open();
  void Compose(TutorReply& reply, const Lexicon& lexicon, std::vector<std::string> names,
               const std::string& learner);

  const Opener open_;
  const std::optional<llm::LlmSettings> llm_;
  const std::vector<LessonPack> lessons_;
  std::stop_source stop_;
  std::mutex mutex_;  ///< Guards the next; held while the shared index is asked.
  std::shared_ptr<const SearchParts> parts_;
  std::optional<Database> shared_;
  std::optional<Search> search_;  ///< In shared_.
  std::mutex composing_;          ///< Held by who composes; guards the next.
  std::int64_t tokens_used_ = 0;
};

}  // namespace euphone::server
