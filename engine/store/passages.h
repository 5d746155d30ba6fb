#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "retrieve/passage.h"
#include "store/database.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

/// The index of passages in which a search looks (docs/formats/store.md): their words (SQLite's
/// FTS5) and their vectors. It lies in a store's database, encrypted as all of it, or in one of its
/// own in memory. Functions fail as Database does.
/// Thread: as Database.

/// Tables of an index where there are none. A store has them by its migrations.
Result<Database> PassagesInMemory();

/// An index that Database::CopyTo() wrote out of one in memory, to be read only.
Result<Database> OpenPassages(const std::filesystem::path& file);

/// Makes those of a source ("knowledge", "lessons") what they should be: adds, changes, removes.
/// What did not change keeps its vectors. Gives how many rows were written or removed.
Result<std::size_t> SyncPassages(Database& database, std::string_view source,
                                 std::span<const Passage> passages);

/// Whether a source holds just these, as they are now.
Result<bool> HoldsPassages(Database& database, std::string_view source,
                           std::span<const Passage> passages);

/// The same as SyncPassages for what learners wrote: notes on takes, which only their learner
/// finds.
Result<std::size_t> SyncNotes(Store& store);

/// A passage's vectors as PackVectors makes them.
using Vectorise = std::function<Result<std::string>(const Passage& passage)>;

/// Gives vectors to the passages that have none of this encoder ("name version"). What is done is
/// kept where `vectorise` fails in between. Gives how many were made.
Result<std::size_t> FillVectors(Database& database, std::string_view encoder,
                                const Vectorise& vectorise);

/// Vectors of this encoder by the fingerprints of their passages.
Result<std::map<std::uint64_t, std::string>> VectorsByFingerprint(Database& database,
                                                                  std::string_view encoder);

/// Passages that hold any of the words (or forms of them: Porter's stemmer), best first by BM25; a
/// title counts more than a text. `learner`: whose notes are found, too.
Result<std::vector<std::int64_t>> FindByWords(Database& database,
                                              const std::vector<std::string>& words,
                                              std::optional<LearnerId> learner, std::size_t most);

/// Which passages there are for a learner, in a fixed order; `packed` is empty where one has no
/// vectors of this encoder.
struct PassageVectors {
  std::int64_t passage = 0;
  std::string id;
  std::string packed;
};
Result<std::vector<PassageVectors>> AllVectors(Database& database, std::string_view encoder,
                                               std::optional<LearnerId> learner);

/// Fails: kNotFound.
Result<Passage> GetPassage(Database& database, std::int64_t passage);

}  // namespace euphone
