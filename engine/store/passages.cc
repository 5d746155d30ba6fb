#include "store/passages.h"

#include <bit>
#include <map>
#include <utility>

#include "store/migrations.h"

namespace euphone {
namespace {

// Columns of the index: title, heading, text, words, asked.
constexpr const char* kByWords =
    "SELECT passages.id FROM passage_search JOIN passages ON passages.id = passage_search.rowid"
    " WHERE passage_search MATCH ?1 AND (learner IS NULL OR learner = ?2)"
    " ORDER BY bm25(passage_search, 3.0, 2.0, 1.0, 1.0, 2.0), passages.id LIMIT ?3";
constexpr const char* kColumns = "name, title, heading, text, words, asked";

std::string Joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
  return all;
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Of a row with kColumns from `first` on.
Passage PassageOf(const SqlRow& row, int first) {
  return {.id = row.Text(first),
          .title = row.Text(first + 1),
          .heading = row.Text(first + 2),
          .text = row.Text(first + 3),
          .words = row.Text(first + 4),
          .asked = Lines(row.Text(first + 5))};
}

std::int64_t Stamp(const Passage& passage) {
  return std::bit_cast<std::int64_t>(Fingerprint(passage));
}

Status Write(Database& database, std::string_view source, const Passage& passage) {
  const std::string asked = Joined(passage.asked);
  const auto view = [](const std::string& text) { return std::string_view(text); };
  return database.Run(
      "INSERT INTO passages(source, name, stamp, title, heading, text, words, asked)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
      " ON CONFLICT(source, name) DO UPDATE SET stamp = excluded.stamp, title = excluded.title,"
      " heading = excluded.heading, text = excluded.text, words = excluded.words,"
      " asked = excluded.asked, encoder = '', vectors = NULL",
      {source, view(passage.id), Stamp(passage), view(passage.title), view(passage.heading),
       view(passage.text), view(passage.words), view(asked)});
}

/// What a source lacks, and what it has beyond what it should.
struct Difference {
  std::vector<const Passage*> changed;
  std::vector<std::string> gone;
};

Result<Difference> Compare(Database& database, std::string_view source,
                           std::span<const Passage> passages) {
  std::map<std::string, std::int64_t, std::less<>> there;
  auto status =
      database.Each("SELECT name, stamp FROM passages WHERE source = ?1", {source},
                    [&](const SqlRow& row) { there.emplace(row.Text(0), row.Integer(1)); });
  if (!status) return status.error();
  Difference difference;
  for (const Passage& passage : passages) {
    const auto found = there.find(passage.id);
    if (found == there.end() || found->second != Stamp(passage))
      difference.changed.push_back(&passage);
    if (found != there.end()) there.erase(found);
  }
  for (const auto& [name, stamp] : there) difference.gone.push_back(name);
  return difference;
}

/// Words of a question as a full-text query: any of them. Signs of the query language are no signs
/// here.
std::string AnyOf(const std::vector<std::string>& words) {
  std::string match;
  for (const std::string& word : words) {
    if (!match.empty()) match += " OR ";
    match += '"';
    for (const char c : word) match += c == '"' ? ' ' : c;
    match += '"';
  }
  return match;
}

SqlValue IdOf(std::optional<LearnerId> learner) {
  return learner ? SqlValue(learner->value) : SqlValue(nullptr);
}

}  // namespace

Result<Database> PassagesInMemory() {
  auto database = Database::InMemory();
  if (!database) return database;
  // Takes and learners, to which its rows may belong in a store, are not there.
  const std::string tables = std::string("PRAGMA foreign_keys = OFF;") + PassageTables();
  if (auto status = database->Execute(tables); !status) return status.error();
  return database;
}

Result<Database> OpenPassages(const std::filesystem::path& file) {
  return Database::Open(file, std::nullopt, Database::Access::kReadOnly);
}

Result<std::size_t> SyncPassages(Database& database, std::string_view source,
                                 std::span<const Passage> passages) {
  const auto difference = Compare(database, source, passages);
  if (!difference) return difference.error();
  const auto& [changed, gone] = *difference;
  if (changed.empty() && gone.empty()) return std::size_t{0};
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  for (const Passage* passage : changed)
    if (auto status = Write(database, source, *passage); !status) return status.error();
  for (const std::string& name : gone) {
    auto status = database.Run("DELETE FROM passages WHERE source = ?1 AND name = ?2",
                               {source, std::string_view(name)});
    if (!status) return status.error();
  }
  if (auto status = transaction->Commit(); !status) return status.error();
  return changed.size() + gone.size();
}

Result<bool> HoldsPassages(Database& database, std::string_view source,
                           std::span<const Passage> passages) {
  const auto difference = Compare(database, source, passages);
  if (!difference) return difference.error();
  return difference->changed.empty() && difference->gone.empty();
}

Result<std::size_t> SyncNotes(Store& store) {
  // A note that goes or changes takes its passage along by a trigger.
  const auto status = store.database().Run(
      "INSERT INTO passages(source, name, stamp, learner, take, title, text)"
      " SELECT 'notes', 'note/' || uuid, 0, learner, id, text, note FROM takes"
      " WHERE note <> '' AND NOT EXISTS (SELECT 1 FROM passages WHERE take = takes.id)");
  if (!status) return status.error();
  return static_cast<std::size_t>(store.database().changes());
}

Result<std::size_t> FillVectors(Database& database, std::string_view encoder,
                                const Vectorise& vectorise) {
  std::vector<std::pair<std::int64_t, Passage>> missing;
  auto status = database.Each(
      std::string("SELECT id, ") + kColumns + " FROM passages WHERE encoder <> ?1", {encoder},
      [&](const SqlRow& row) { missing.emplace_back(row.Integer(0), PassageOf(row, 1)); });
  if (!status) return status.error();
  // In parts, so that what was done is kept, and nobody waits long for his turn to write.
  constexpr std::size_t kAtOnce = 1024;
  for (std::size_t begin = 0; begin < missing.size(); begin += kAtOnce) {
    const auto part = std::span(missing).subspan(begin, std::min(kAtOnce, missing.size() - begin));
    std::vector<std::string> packed;
    for (const auto& [id, passage] : part) {
      auto vectors = vectorise(passage);
      if (!vectors) return vectors.error();
      packed.push_back(*std::move(vectors));
    }
    auto transaction = Transaction::Begin(database);
    if (!transaction) return transaction.error();
    for (std::size_t i = 0; i < part.size(); ++i) {
      status = database.Run("UPDATE passages SET encoder = ?1, vectors = ?2 WHERE id = ?3",
                            {encoder, std::as_bytes(std::span(packed[i])), part[i].first});
      if (!status) return status.error();
    }
    if (status = transaction->Commit(); !status) return status.error();
  }
  return missing.size();
}

Result<std::map<std::uint64_t, std::string>> VectorsByFingerprint(Database& database,
                                                                  std::string_view encoder) {
  std::map<std::uint64_t, std::string> all;
  auto status = database.Each(
      "SELECT stamp, vectors FROM passages WHERE encoder = ?1", {encoder}, [&](const SqlRow& row) {
        all.emplace(std::bit_cast<std::uint64_t>(row.Integer(0)), row.Bytes(1));
      });
  if (!status) return status.error();
  return all;
}

Result<std::vector<std::int64_t>> FindByWords(Database& database,
                                              const std::vector<std::string>& words,
                                              std::optional<LearnerId> learner, std::size_t most) {
  std::vector<std::int64_t> found;
  if (words.empty()) return found;
  const std::string match = AnyOf(words);
  auto status = database.Each(
      kByWords, {std::string_view(match), IdOf(learner), static_cast<std::int64_t>(most)},
      [&](const SqlRow& row) { found.push_back(row.Integer(0)); });
  if (!status) return status.error();
  return found;
}

Result<std::vector<PassageVectors>> AllVectors(Database& database, std::string_view encoder,
                                               std::optional<LearnerId> learner) {
  std::vector<PassageVectors> all;
  auto status = database.Each(
      "SELECT id, name, CASE encoder WHEN ?1 THEN vectors END FROM passages"
      " WHERE learner IS NULL OR learner = ?2 ORDER BY id",
      {encoder, IdOf(learner)}, [&](const SqlRow& row) {
        all.push_back({row.Integer(0), row.Text(1), row.Bytes(2)});
      });
  if (!status) return status.error();
  return all;
}

Result<Passage> GetPassage(Database& database, std::int64_t passage) {
  std::optional<Passage> found;
  auto status = database.Each(std::string("SELECT ") + kColumns + " FROM passages WHERE id = ?1",
                              {passage}, [&](const SqlRow& row) { found = PassageOf(row, 0); });
  if (!status) return status.error();
  if (!found) return Error{Errc::kNotFound, "the passage is not there any more"};
  return *std::move(found);
}

}  // namespace euphone
