#include "coach/vocabulary.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "text/text_normalizer.h"

namespace euphone {
namespace {

class Collector {
 public:
  explicit Collector(const Lexicon& lexicon) : lexicon_(lexicon) {}

  /// A word that somebody chose to stand by itself.
  void AddWord(const std::string& text) {
    SpokenWord word;
    word.text = text;
    if (VocabularyWord* const known = Find(word)) known->plain = MayStandAlone(text);
  }

  void AddSentence(const std::string& lesson, const LessonItem& item) {
    const auto script = NormalizeText(item.text);
    if (!script) return;
    for (const SpokenWord& word : script->words) {
      const bool own = word.spell_out || !word.inline_pronunciation.empty();
      if (own || Find(word) == nullptr) return;
    }
    Sentence& sentence = sentences_.emplace_back(Sentence{lesson, item.id, item.text, {}});
    for (const SpokenWord& word : script->words) {
      VocabularyWord& known = *Find(word);
      if (std::ranges::count(sentence.words, word.text) == 0) ++known.sentences;
      const std::string_view written =
          std::string_view(script->original)
              .substr(word.span.begin, word.span.end - word.span.begin);
      if (written == word.text) known.plain = MayStandAlone(word.text);
      sentence.words.push_back(word.text);
    }
  }

  Vocabulary Take() && {
    Vocabulary vocabulary;
    std::map<std::string_view, std::size_t> places;
    for (auto& [text, known] : words_) {
      if (!known) continue;
      places[text] = vocabulary.words.size();
      vocabulary.words.push_back(std::move(known->word));
    }
    for (Sentence& sentence : sentences_) {
      VocabularySentence& kept = vocabulary.sentences.emplace_back();
      kept.lesson = std::move(sentence.lesson);
      kept.item = std::move(sentence.item);
      kept.text = std::move(sentence.text);
      for (const std::string& word : sentence.words) kept.words.push_back(places.at(word));
    }
    return vocabulary;
  }

 private:
  struct Known {
    VocabularyWord word;
    bool listed = false;  ///< In the dictionary, or among the user's words.
  };
  struct Sentence {
    std::string lesson, item, text;
    std::vector<std::string> words;
  };

  /// Null where nobody knows how it is said.
  VocabularyWord* Find(const SpokenWord& word) {
    const auto [place, is_new] = words_.try_emplace(word.text);
    if (is_new) place->second = LookUp(word);
    return place->second ? &place->second->word : nullptr;
  }

  std::optional<Known> LookUp(const SpokenWord& word) const {
    const auto variants = lexicon_.Lookup(word);
    if (!variants) return std::nullopt;
    const Origin origin = variants->front().origin;
    Known known;
    known.word.text = word.text;
    known.listed = origin == Origin::kLexicon || origin == Origin::kUser;
    for (const Pronunciation& variant : *variants) {
      if (variant.origin == origin) known.word.ways.push_back(variant.phones);
    }
    known.word.syllables = lexicon_.pack().syllabifier.Syllabify(known.word.phones());
    return known;
  }

  bool MayStandAlone(const std::string& text) const {
    const bool letters = std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    return letters && text.size() > 1 && words_.at(text)->listed;
  }

  const Lexicon& lexicon_;
  std::map<std::string, std::optional<Known>> words_;
  std::vector<Sentence> sentences_;
};

}  // namespace

const VocabularyWord* Vocabulary::Find(std::string_view text) const {
  const auto found = std::ranges::lower_bound(words, text, {}, &VocabularyWord::text);
  return found == words.end() || found->text != text ? nullptr : &*found;
}

Vocabulary MakeVocabulary(const Lexicon& lexicon, const Knowledge& knowledge,
                          std::span<const LessonPack> lessons) {
  Collector collector(lexicon);
  for (const Article& article : knowledge.articles()) {
    for (const std::string& word : article.words) collector.AddWord(word);
    for (const auto& [one, other] : article.pairs) {
      collector.AddWord(one);
      collector.AddWord(other);
    }
  }
  for (const LessonPack& lesson : lessons) {
    for (const LessonItem& item : lesson.items) collector.AddSentence(lesson.name, item);
  }
  return std::move(collector).Take();
}

}  // namespace euphone
