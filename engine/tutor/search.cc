#include "tutor/search.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <system_error>
#include <utility>

#include "retrieve/question_words.h"
#include "store/own_lessons.h"

namespace euphone {
namespace {

/// How many passages BM25 names.
constexpr std::size_t kDeep = 60;
constexpr std::string_view kSentence = "lesson/";

Result<std::string> VectorsOf(const Embedder& embedder, const Passage& passage) {
  std::vector<std::vector<float>> vectors;
  for (const std::string& text : TextsToEmbed(passage)) {
    auto vector = embedder.Embed(text);
    if (!vector) return vector.error();
    vectors.push_back(*std::move(vector));
  }
  return PackVectors(vectors);
}

std::vector<Passage> SentencesOf(std::span<const LessonPack> lessons) {
  std::vector<Passage> sentences;
  for (const LessonPack& pack : lessons)
    std::ranges::move(PassagesOf(pack), std::back_inserter(sentences));
  return sentences;
}

Status SyncShared(const SearchParts& parts, std::span<const LessonPack> lessons,
                  Database& database) {
  if (auto done = SyncPassages(database, "knowledge", PassagesOf(*parts.knowledge)); !done)
    return done.error();
  if (auto done = SyncPassages(database, "lessons", SentencesOf(lessons)); !done)
    return done.error();
  return {};
}

/// Vectors of the shipped index, read when the first one is missing elsewhere.
class ReadyVectors {
 public:
  explicit ReadyVectors(const SearchParts& parts) : parts_(parts) {}

  /// Null: not there, which is no fault.
  const std::string* Find(const Passage& passage) {
    if (!read_) Read();
    const auto found = vectors_.find(Fingerprint(passage));
    return found == vectors_.end() ? nullptr : &found->second;
  }

 private:
  void Read() {
    read_ = true;
    std::error_code none;
    if (parts_.shipped.empty() || !std::filesystem::exists(parts_.shipped, none)) return;
    auto database = OpenPassages(parts_.shipped);
    if (!database) return;
    auto all = VectorsByFingerprint(*database, parts_.embedder->spec().label());
    if (all) vectors_ = *std::move(all);
  }

  const SearchParts& parts_;
  bool read_ = false;
  std::map<std::uint64_t, std::string> vectors_;
};

Status Fill(const SearchParts& parts, Database& database) {
  if (parts.embedder == nullptr) return {};
  ReadyVectors ready(parts);
  const auto vectorise = [&](const Passage& passage) -> Result<std::string> {
    const std::string* const known = ready.Find(passage);
    return known != nullptr ? *known : VectorsOf(*parts.embedder, passage);
  };
  const auto filled = FillVectors(database, parts.embedder->spec().label(), vectorise);
  return filled ? Status() : filled.error();
}

/// Whether the shipped index is of just this knowledge, these lessons and this encoder.
Result<bool> Fits(const SearchParts& parts, std::span<const LessonPack> lessons,
                  Database& shipped) {
  const auto knowledge = HoldsPassages(shipped, "knowledge", PassagesOf(*parts.knowledge));
  if (!knowledge || !*knowledge) return knowledge;
  const auto sentences = HoldsPassages(shipped, "lessons", SentencesOf(lessons));
  if (!sentences || !*sentences || parts.embedder == nullptr) return sentences;
  const std::string encoder = parts.embedder->spec().label();
  const auto other = shipped.Number("SELECT count(*) FROM passages WHERE encoder <> ?1",
                                    {std::string_view(encoder)});
  if (!other) return other.error();
  return other->value_or(1) == 0;
}

}  // namespace

Result<Database> OpenSharedIndex(const SearchParts& parts, std::span<const LessonPack> lessons) {
  std::error_code none;
  if (!parts.shipped.empty() && std::filesystem::exists(parts.shipped, none)) {
    auto shipped = OpenPassages(parts.shipped);
    if (shipped) {
      const auto fits = Fits(parts, lessons, *shipped);
      if (fits && *fits) return shipped;
    }
  }
  auto database = PassagesInMemory();
  if (!database) return database;
  if (auto status = UpdateIndex(parts, lessons, *database); !status) return status.error();
  return database;
}

Status UpdateIndex(const SearchParts& parts, std::span<const LessonPack> lessons,
                   Database& database) {
  if (auto status = SyncShared(parts, lessons, database); !status) return status;
  return Fill(parts, database);
}

Status UpdateIndex(const SearchParts& parts, std::span<const LessonPack> lessons, Store& store) {
  if (auto status = SyncShared(parts, lessons, store.database()); !status) return status;
  const auto own = OwnLessons(store);
  if (!own) return own.error();
  std::vector<Passage> sentences;
  for (const OwnLesson& lesson : *own) {
    const auto pack = LessonPack::Parse(lesson.pack, lesson.name);
    if (pack) std::ranges::move(PassagesOf(*pack), std::back_inserter(sentences));
  }
  if (auto done = SyncPassages(store.database(), "own-lessons", sentences); !done)
    return done.error();
  if (auto done = SyncNotes(store); !done) return done.error();
  return Fill(parts, store.database());
}

Result<Search> Search::Open(std::shared_ptr<const SearchParts> parts, Database& database,
                            std::optional<LearnerId> learner) {
  const SentenceEncoderSpec none;
  const SentenceEncoderSpec& spec = parts->embedder ? parts->embedder->spec() : none;
  Search search(parts, database, learner);
  if (parts->embedder) search.vectors_.emplace(spec.width);
  const auto all = AllVectors(database, spec.label(), learner);
  if (!all) return all.error();
  std::unordered_map<std::string, std::size_t> articles;
  for (const PassageVectors& passage : *all) {
    const bool sentence = passage.id.starts_with(kSentence);
    const auto [article, fresh] = articles.try_emplace(
        sentence ? passage.id : passage.id.substr(0, passage.id.find('#')), articles.size());
    search.places_.emplace(passage.passage, search.entries_.size());
    search.ids_.emplace(passage.id, search.entries_.size());
    search.entries_.push_back({passage.passage, passage.id, article->second, sentence});
    if (!search.vectors_) continue;
    if (auto status = search.vectors_->Add(passage.packed); !status)
      return Prefixed(passage.id, status.error());
  }
  search.articles_ = articles.size();
  return search;
}

Status Search::AddMeaning(std::string_view question, std::vector<Relevance>& relevance) const {
  if (!vectors_) return {};
  const auto vector = parts_->embedder->Embed(question);
  if (!vector) return vector.error();
  const std::vector<Likeness> alike = vectors_->Compare(*vector);
  std::vector<double> sums(articles_), counts(articles_);
  for (std::size_t i = 0; i < relevance.size(); ++i) {
    relevance[i].text = alike[i].text;
    relevance[i].asked = std::max(alike[i].asked, alike[i].text);
    sums[entries_[i].article] += 0.7 * relevance[i].asked + 0.3 * relevance[i].text;
    counts[entries_[i].article] += 1.0;
  }
  for (std::size_t i = 0; i < relevance.size(); ++i) {
    const std::size_t article = entries_[i].article;
    if (!entries_[i].sentence) relevance[i].article = sums[article] / counts[article];
  }
  return {};
}

Status Search::AddWords(const std::vector<std::string>& terms,
                        std::vector<Relevance>& relevance) const {
  const auto found = FindByWords(*database_, terms, learner_, kDeep);
  if (!found) return found.error();
  for (std::size_t place = 0; place < found->size(); ++place) {
    const auto entry = places_.find((*found)[place]);
    if (entry != places_.end())
      relevance[entry->second].words =
          (kWordsRank + 1.0) / (kWordsRank + 1.0 + static_cast<double>(place));
  }
  return {};
}

Result<SearchResult> Search::Find(std::string_view question, std::size_t most) const {
  const std::vector<std::string> terms = SearchTerms(question);
  if (terms.empty()) return Error{Errc::kInvalidArgument, "the question has no words"};
  std::vector<Relevance> relevance(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i)
    relevance[i].sentence = entries_[i].sentence ? 1.0 : 0.0;
  if (auto status = AddMeaning(question, relevance); !status) return status.error();
  if (auto status = AddWords(terms, relevance); !status) return status.error();
  SearchResult result;
  result.reading = ReadQuestion(question, *parts_->lexicon, *parts_->knowledge);
  for (const Pointer& pointer :
       PointersOf(result.reading, *parts_->knowledge, phones(), question)) {
    const auto entry = ids_.find(pointer.passage);
    if (entry != ids_.end()) Count(pointer, relevance[entry->second]);
  }
  std::vector<std::pair<double, std::size_t>> ranked;
  for (std::size_t i = 0; i < relevance.size(); ++i) {
    // Without an embedder most passages have nothing that speaks for them.
    const double score = Weigh(relevance[i]);
    if (score > 0.0) ranked.emplace_back(score, i);
  }
  std::ranges::stable_sort(ranked, std::greater(), &std::pair<double, std::size_t>::first);
  ranked.resize(std::min(most, ranked.size()));
  for (const auto& [score, i] : ranked) {
    auto passage = GetPassage(*database_, entries_[i].passage);
    if (!passage) return passage.error();
    result.hits.push_back({*std::move(passage), relevance[i], score});
  }
  return result;
}

}  // namespace euphone
