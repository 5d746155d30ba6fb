#include "tutor_index.h"

#include <utility>

#include "store/clock.h"
#include "store/days.h"
#include "tutor/ask.h"
#include "tutor/own_record.h"

namespace euphone::cli {

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
  auto asked = AskTutor(*search_, question, passages);
  if (!asked || passages > 0 || !store_) return asked;
  TutorReply& reply = *asked;
  auto record =
      RecordFor(reply.found.reading, *store_, learner_, phones(), DayOf(NowMs() + UtcOffsetMs()));
  if (!record) return record.error();
  reply.record = *std::move(record);
  return asked;
}

Result<std::vector<std::string>> TutorIndex::names() {
  return store_ ? LearnerNames(*store_) : std::vector<std::string>();
}

}  // namespace euphone::cli
