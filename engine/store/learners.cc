#include "store/learners.h"

#include <span>

#include "store/care.h"
#include "store/clock.h"
#include "store/kept_outbox.h"

namespace euphone {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr const char* kLearnerColumns =
    "SELECT id, uuid, name, first_language, made_ms,"
    " (SELECT ifnull(sum(takes), 0) FROM learner_days WHERE learner = learners.id) FROM learners ";

Learner LearnerOf(const SqlRow& row) {
  return {{row.Integer(0)}, row.Text(1), row.Text(2), row.Text(3), row.Integer(4), row.Integer(5)};
}

Error NoLearner() { return {Errc::kNotFound, "there is no such learner"}; }

Result<Learner> OnlyLearner(Store& store, const char* where, SqlValue value) {
  std::optional<Learner> learner;
  if (auto status = store.database().Each(std::string(kLearnerColumns) + where, {value},
                                          [&](const SqlRow& row) { learner = LearnerOf(row); });
      !status) {
    return status.error();
  }
  if (!learner) return NoLearner();
  return *std::move(learner);
}

Status CheckName(Store& store, std::string_view name, std::int64_t self) {
  if (name.empty() || name.size() > kLongestName)
    return Error{Errc::kInvalidArgument, "a learner's name has 1 to 200 bytes"};
  const auto same = store.database().Number("SELECT id FROM learners WHERE name = ?1", {name});
  if (!same) return same.error();
  if (*same && **same != self) {
    return Error{Errc::kInvalidArgument,
                 "there is a learner called '" + std::string(name) + "' already"};
  }
  return {};
}

}  // namespace

Result<Learner> AddLearner(Store& store, std::string_view name, std::string_view first_language,
                           std::int64_t now_ms, std::string_view uuid) {
  if (auto status = CheckName(store, name, 0); !status) return status.error();
  const std::string own = uuid.empty() ? RandomUuid() : std::string(uuid);
  const SecretKey key = RandomKey();
  if (auto status = store.database().Run(
          "INSERT INTO learners(uuid, name, first_language, made_ms, recording_key)"
          " VALUES (?1, ?2, ?3, ?4, ?5)",
          {std::string_view(own), name, first_language, now_ms, Blob(key.bytes())});
      !status) {
    return status.error();
  }
  return GetLearner(store, {store.database().last_id()});
}

Result<Learner> GetLearner(Store& store, LearnerId id) {
  return OnlyLearner(store, "WHERE id = ?1", id.value);
}

Result<Learner> GetLearner(Store& store, std::string_view uuid) {
  return OnlyLearner(store, "WHERE uuid = ?1", uuid);
}

Result<std::vector<Learner>> AllLearners(Store& store) {
  static const std::string statement = std::string(kLearnerColumns) + "ORDER BY name";
  std::vector<Learner> learners;
  if (auto status = store.database().Each(
          statement, {}, [&](const SqlRow& row) { learners.push_back(LearnerOf(row)); });
      !status) {
    return status.error();
  }
  return learners;
}

Result<Learner> FindLearner(Store& store, std::string_view name) {
  const auto learners = AllLearners(store);
  if (!learners) return learners.error();
  std::string names;
  for (const Learner& learner : *learners) {
    if (learner.name == name) return learner;
    names += (names.empty() ? "" : ", ") + learner.name;
  }
  return Error{Errc::kNotFound,
               "there is no learner called '" + std::string(name) +
                   (names.empty() ? "'; there is none yet" : "'; there are: " + names)};
}

Result<std::vector<std::string>> LearnerNames(Store& store) {
  const auto all = AllLearners(store);
  if (!all) return all.error();
  std::vector<std::string> names;
  for (const Learner& one : *all) names.push_back(one.name);
  return names;
}

Status RenameLearner(Store& store, LearnerId id, std::string_view name,
                     std::string_view first_language) {
  if (auto status = CheckName(store, name, id.value); !status) return status;
  if (auto status =
          store.database().Run("UPDATE learners SET name = ?2, first_language = ?3 WHERE id = ?1",
                               {id.value, name, first_language});
      !status) {
    return status;
  }
  return store.database().changes() == 0 ? Status(NoLearner()) : Status();
}

Status EraseLearner(Store& store, LearnerId id) {
  const auto writing = store.Writing(FileLock::Kind::kAlone);
  if (!writing) return writing.error();
  std::vector<std::string> recordings;
  {
    auto transaction = Transaction::Begin(store.database());
    if (!transaction) return transaction.error();
    if (auto status =
            store.database().Each("SELECT name FROM recordings WHERE learner = ?1", {id.value},
                                  [&](const SqlRow& row) { recordings.push_back(row.Text(0)); });
        !status) {
      return status;
    }
    // What has gone up is asked back while it is known whose it is.
    if (auto status = SetConsentWithin(store.database(), id, Consent::kNothing, NowMs()); !status)
      return status;
    if (auto status = store.database().Run("DELETE FROM learners WHERE id = ?1", {id.value});
        !status) {
      return status;
    }
    if (store.database().changes() == 0) return NoLearner();
    if (auto status = transaction->Commit(); !status) return status;
  }
  for (const std::string& name : recordings) {
    if (auto status = store.vault().Remove(name); !status) return status;
  }
  return Scrub(store);
}

Result<SecretKey> RecordingKey(Store& store, LearnerId id) {
  std::optional<SecretKey> key;
  if (auto status = store.database().Each(
          "SELECT recording_key FROM learners WHERE id = ?1", {id.value},
          [&](const SqlRow& row) {
            const std::string bytes = row.Bytes(0);
            key = SecretKey(std::as_bytes(std::span(bytes)).first<SecretKey::kSize>());
          });
      !status) {
    return status.error();
  }
  if (!key) return NoLearner();
  return *key;
}

}  // namespace euphone
