#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "coach/knowledge.h"
#include "lexicon/lexicon.h"
#include "retrieve/embedder.h"
#include "retrieve/question.h"
#include "retrieve/relevance.h"
#include "retrieve/vectors.h"
#include "store/passages.h"

namespace euphone {

/// What a search works with.
struct SearchParts {
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Knowledge> knowledge;
  std::shared_ptr<const Embedder> embedder = nullptr;  ///< Null: words alone are looked for.
  /// An index of what comes with the program, made when it was built; empty where there is none.
  std::filesystem::path shipped = {};
};

/// A passage that may answer a question.
struct SearchHit {
  Passage passage;
  Relevance relevance;
  double score = 0.0;  ///< Of Weigh().
};

struct SearchResult {
  QuestionReading reading;
  std::vector<SearchHit> hits;  ///< Best first.
};

/// Finds the passages that answer a question: by words, by meaning, and by the sounds that it
/// speaks of, weighed together. Exact: every passage is compared.
/// Thread: one at a time; the database is used by every Find().
class Search {
 public:
  /// What `database` holds for this learner, read into memory once. Passages that change later are
  /// found after another Open(). Fails: as Database; kCorrupt for damaged vectors.
  static Result<Search> Open(std::shared_ptr<const SearchParts> parts, Database& database,
                             std::optional<LearnerId> learner = std::nullopt);

  /// At most `most` passages. Fails: kInvalidArgument for a question without a word; as Database
  /// and Embedder::Embed.
  Result<SearchResult> Find(std::string_view question, std::size_t most) const;

  std::size_t passages() const { return entries_.size(); }
  const Lexicon& lexicon() const { return *parts_->lexicon; }
  const PhoneSet& phones() const { return parts_->lexicon->pack().phones; }

 private:
  struct Entry {
    std::int64_t passage = 0;
    std::string id;
    std::size_t article = 0;  ///< The same number for all passages of one article.
    bool sentence = false;    ///< Of a lesson.
  };

  Search(std::shared_ptr<const SearchParts> parts, Database& database,
         std::optional<LearnerId> learner)
      : parts_(std::move(parts)), database_(&database), learner_(learner) {}

  Status AddMeaning(std::string_view question, std::vector<Relevance>& relevance) const;
  Status AddWords(const std::vector<std::string>& terms, std::vector<Relevance>& relevance) const;

  std::shared_ptr<const SearchParts> parts_;
  Database* database_;
  std::optional<LearnerId> learner_;
  std::vector<Entry> entries_;
  std::size_t articles_ = 0;
  std::unordered_map<std::int64_t, std::size_t> places_;  ///< In entries_, by passage.
  std::unordered_map<std::string, std::size_t> ids_;      ///< Likewise, by id.
  std::optional<VectorTable> vectors_;                    ///< As entries_; absent: no embedder.
};

/// An index of what comes with the program and of nobody's own: the shipped one where it holds just
/// this knowledge and these lessons, with this encoder's vectors, else one in memory. Fails: as
/// UpdateIndex.
Result<Database> OpenSharedIndex(const SearchParts& parts, std::span<const LessonPack> lessons);

/// Brings the index up to date: the knowledge base and these lesson packs; in a store also its own
/// lessons and notes. Vectors are made only where the shipped index has none; without an embedder
/// none are. Fails: as SyncPassages, FillVectors and Embed.
Status UpdateIndex(const SearchParts& parts, std::span<const LessonPack> lessons,
                   Database& database);
Status UpdateIndex(const SearchParts& parts, std::span<const LessonPack> lessons, Store& store);

}  // namespace euphone
