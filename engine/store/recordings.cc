#include "store/recordings.h"

#include <vector>

namespace euphone {
namespace {

/// The row of a recording; the same samples of a learner have the same.
Result<std::int64_t> PutRecording(Database& database, LearnerId learner, const Vault::Kept& kept,
                                  std::int64_t samples, SampleRate rate) {
  if (auto status = database.Run(
          "INSERT INTO recordings(learner, name, rate_hz, samples, bytes)"
          " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
          {learner.value, std::string_view(kept.name), std::int64_t{rate.hz}, samples, kept.bytes});
      !status) {
    return status.error();
  }
  const auto id =
      database.Number("SELECT id FROM recordings WHERE name = ?1", {std::string_view(kept.name)});
  if (!id) return id.error();
  return id->value_or(0);
}

/// Of what could not be kept. Alone, for another may be keeping the same samples; what cannot be
/// removed is for CheckStore to find.
void RemoveUnused(Store& store, const std::string& name) {
  const auto writing = store.Writing(FileLock::Kind::kAlone);
  if (!writing) return;
  const auto used =
      store.database().Number("SELECT 1 FROM recordings WHERE name = ?1", {std::string_view(name)});
  if (used && !*used) static_cast<void>(store.vault().Remove(name));
}

Result<std::vector<std::int64_t>> Held(Database& database, std::int64_t id,
                                       std::string_view statement) {
  std::vector<std::int64_t> recordings;
  if (auto status = database.Each(statement, {id},
                                  [&](const SqlRow& row) { recordings.push_back(row.Integer(0)); });
      !status) {
    return status.error();
  }
  return recordings;
}

}  // namespace

Result<std::int64_t> KeepWithRecording(
    Store& store, LearnerId learner, const std::optional<EncodedRecording>& recording,
    const std::function<Result<std::int64_t>(std::optional<std::int64_t>)>& add) {
  const auto key = RecordingKey(store, learner);
  if (!key) return key.error();
  Vault::Kept file;
  const auto rows = [&]() -> Result<std::int64_t> {
    auto transaction = Transaction::Begin(store.database());
    if (!transaction) return transaction.error();
    std::optional<std::int64_t> row;
    if (recording) {
      const auto put =
          PutRecording(store.database(), learner, file, recording->samples, recording->rate);
      if (!put) return put.error();
      row = *put;
    }
    auto id = add(row);
    if (!id) return id.error();
    if (auto status = transaction->Commit(); !status) return status.error();
    return id;
  };
  Result<std::int64_t> id(std::int64_t{0});
  {
    const auto writing = store.Writing(FileLock::Kind::kShared);
    if (!writing) return writing.error();
    if (recording) {
      auto kept = store.vault().Put(recording->content, recording->ending, *key);
      if (!kept) return kept.error();
      file = *std::move(kept);
    }
    id = rows();
  }
  if (!id && recording) RemoveUnused(store, file.name);
  return id;
}

Status ReleaseRecordings(Store& store, std::int64_t id, std::string_view held,
                         std::string_view statement, std::string_view thing) {
  static const std::string forget =
      "DELETE FROM recordings WHERE id = ?1 AND " + std::string(kNobodyHasIt) + " RETURNING name";
  // Alone, for nobody may keep the same samples between the row's end and the file's.
  const auto writing = store.Writing(FileLock::Kind::kAlone);
  if (!writing) return writing.error();
  Database& database = store.database();
  std::vector<std::string> unused;
  {
    auto transaction = Transaction::Begin(database);
    if (!transaction) return transaction.error();
    const auto recordings = Held(database, id, held);
    if (!recordings) return recordings.error();
    if (auto status = database.Run(statement, {id}); !status) return status;
    if (database.changes() == 0)
      return Error{Errc::kNotFound, "there is no such " + std::string(thing)};
    for (const std::int64_t recording : *recordings) {
      if (auto status = database.Each(forget, {recording},
                                      [&](const SqlRow& row) { unused.push_back(row.Text(0)); });
          !status) {
        return status;
      }
    }
    if (auto status = transaction->Commit(); !status) return status;
  }
  for (const std::string& name : unused) {
    if (auto status = store.vault().Remove(name); !status) return status;
  }
  return {};
}

Result<KeptRecording> OpenRecording(Store& store, std::int64_t id, std::string_view held,
                                    std::string_view thing) {
  const auto recordings = Held(store.database(), id, held);
  if (!recordings) return recordings.error();
  if (recordings->empty()) {
    return Error{Errc::kNotFound, "the recording of this " + std::string(thing) + " is not kept"};
  }
  KeptRecording kept;
  std::string name;
  LearnerId learner;
  if (auto status = store.database().Each(
          "SELECT name, rate_hz, samples, learner FROM recordings WHERE id = ?1",
          {recordings->front()},
          [&](const SqlRow& row) {
            name = row.Text(0);
            kept.rate = {static_cast<int>(row.Integer(1))};
            kept.samples = row.Integer(2);
            learner = {row.Integer(3)};
          });
      !status) {
    return status.error();
  }
  const auto key = RecordingKey(store, learner);
  if (!key) return key.error();
  auto content = store.vault().Open(name, *key);
  if (!content) return content.error();
  kept.content = *std::move(content);
  kept.ending = name.substr(name.rfind('.'));
  return kept;
}

}  // namespace euphone
