#include "tutor_index.h"

#include <utility>

#include "store/clock.h"
#include "store/days.h"
#include "tutor/answer.h"
#include "tutor/own_record.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostQuestion = 4000;  ///< Bytes of one question.
constexpr std::size_t kLookThrough = 8;      ///< Passages of which an answer is made.

}  // namespace

Result<std::unique_ptr<TutorIndex>> TutorIndex::Open(const TutorParts& parts,
                                                     const std::string& learner,
                                                     const StoreOptions& options) {
  auto index = std::make_unique<TutorIndex>();
  std::optional<LearnerId> who;
  if (learner.empty()) {
    auto database = OpenSharedIndex(*parts.search, parts.lessons);
    if (!database) return database.error();
    index->database_ = *std::move(database);
  } else {
    auto store = OpenStore(options);
    if (!store) return store.error();
    index->store_ = *std::move(store);
    const auto known = FindLearner(*index->store_, learner);
    if (!known) return known.error();
    who = index->learner_ = known->id;
    if (auto status = UpdateIndex(*parts.search, parts.lessons, *index->store_); !status)
      return status.error();
  }
  Database& database = index->store_ ? index->store_->database() : *index->database_;
  auto search = Search::Open(parts.search, database, who);
  if (!search) return search.error();
  index->search_ = *std::move(search);
  return index;
}

Result<TutorReply> TutorIndex::Ask(const std::string& question, std::size_t passages) {
  if (question.size() > kMostQuestion) {
    return Error{Errc::kTooLarge, "a question has at most " + std::to_string(kMostQuestion) +
                                      " bytes; this one has " + std::to_string(question.size())};
  }
  auto found = search_->Find(question, passages > 0 ? passages : kLookThrough);
  if (!found) return found.error();
  TutorReply reply{.question = question, .found = *std::move(found), .record = {}, .answer = {}};
  if (passages > 0) return reply;
  reply.answer = Extract(reply.found);
  if (store_) {
    auto record =
        RecordFor(reply.found.reading, *store_, learner_, phones(), DayOf(NowMs() + UtcOffsetMs()));
    if (!record) return record.error();
    reply.record = *std::move(record);
  }
  return reply;
}

}  // namespace euphone::cli
