#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "coach/drills.h"

namespace euphone {
namespace {

using Phones = std::vector<Phone>;

/// Orders words by how they are said.
struct BySound {
  bool operator()(const Phones& one, const Phones& other) const {
    return std::ranges::lexicographical_compare(one, other, {}, Key, Key);
  }
  static std::pair<PhoneId, Stress> Key(Phone phone) { return {phone.id, phone.stress}; }
};

class Finder {
 public:
  Finder(const Vocabulary& vocabulary, const PhoneSet& phones, const Knowledge& knowledge,
         const SoundSkill& skill, const DrillOrder& order)
      : vocabulary_(vocabulary),
        phones_(phones),
        knowledge_(knowledge),
        skill_(skill),
        order_(order),
        vowel_(phones.info(order.sound).vowel),
        level_(SkillOf(skill)) {}

  std::vector<DrillItem> Find() && {
    for (const VocabularyWord& word : vocabulary_.words) AddWord(word);
    if (order_.against) {
      AddChosenPairs();
      for (const VocabularyWord& word : vocabulary_.words) {
        if (word.plain && HasOneWay(word)) by_sound_[word.phones()].push_back(&word);
      }
      for (const VocabularyWord& word : vocabulary_.words) AddPairs(word);
    }
    for (const VocabularySentence& sentence : vocabulary_.sentences) AddSentence(sentence);
    return std::move(items_);
  }

 private:
  bool IsSound(Phone phone) const {
    return phone.id == order_.sound && (!vowel_ || phone.stress != Stress::kUnstressed);
  }
  std::size_t Times(const Phones& said) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(said, [this](Phone phone) { return IsSound(phone); }));
  }
  bool Holds(const VocabularyWord& word) const {
    return std::ranges::all_of(word.ways, [this](const Phones& way) { return Times(way) > 0; });
  }

  SoundPlace PlaceOf(const VocabularyWord& word, std::size_t at) const {
    const Phones& said = word.phones();
    const auto syllable = std::ranges::find_if(word.syllables, [at](const Syllable& each) {
      return at >= each.first && at < each.first + each.count;
    });
    const auto beside = [&](std::size_t other) {
      return !vowel_ && syllable != word.syllables.end() && other >= syllable->first &&
             other < syllable->first + syllable->count && !phones_.info(said[other].id).vowel;
    };
    if ((at > 0 && beside(at - 1)) || beside(at + 1)) return SoundPlace::kCluster;
    if (at == 0) return SoundPlace::kInitial;
    return at + 1 == said.size() ? SoundPlace::kFinal : SoundPlace::kMedial;
  }

  double Chance(DrillKind kind, const VocabularyWord& word, SoundPlace place) const {
    return ChanceIn(level_, kind, vowel_, place, word.syllables.size());
  }

  /// Its hardest place.
  SoundPlace HardestIn(const VocabularyWord& word) const {
    SoundPlace hardest = SoundPlace::kInitial;
    for (std::size_t at = 0; at < word.phones().size(); ++at) {
      if (IsSound(word.phones()[at])) hardest = std::max(hardest, PlaceOf(word, at));
    }
    return hardest;
  }

  void AddWord(const VocabularyWord& word) {
    if (!word.plain || !Holds(word)) return;
    DrillItem item{.kind = DrillKind::kWord, .text = word.text, .place = HardestIn(word)};
    item.times = Times(word.phones());
    item.chance = Chance(item.kind, word, item.place);
    if (const auto said = skill_.words.find(word.text); said != skill_.words.end())
      item.chance = ChanceOfWord(item.chance, said->second);
    items_.push_back(std::move(item));
  }

  void AddPair(const VocabularyWord& word, std::size_t at, const VocabularyWord& other,
               bool chosen) {
    if (!paired_.insert({word.text, other.text}).second) return;
    DrillItem item{.kind = DrillKind::kPair,
                   .text = word.text,
                   .other = other.text,
                   .place = PlaceOf(word, at),
                   .chosen = chosen};
    item.chance = Chance(item.kind, word, item.place);
    items_.push_back(std::move(item));
  }

  /// Where the two differ, if that is in the two sounds alone.
  std::optional<std::size_t> Difference(const Phones& one, const Phones& other) const {
    if (one.size() != other.size()) return std::nullopt;
    std::optional<std::size_t> found;
    for (std::size_t at = 0; at < one.size(); ++at) {
      if (one[at].id == other[at].id) continue;
      if (found || one[at].id != order_.sound || other[at].id != *order_.against)
        return std::nullopt;
      found = at;
    }
    return found;
  }

  void AddChosenPairs() {
    const Article* const article = knowledge_.OfContrast(order_.sound, *order_.against);
    if (article == nullptr) return;
    for (const auto& [first, second] : article->pairs) {
      const VocabularyWord* one = vocabulary_.Find(first);
      const VocabularyWord* other = vocabulary_.Find(second);
      if (one == nullptr || other == nullptr) continue;
      if (!HasOneWay(*one) && !HasOneWay(*other)) continue;
      // Either may be the one with the sound.
      for (int turn = 0; turn < 2; ++turn, std::swap(one, other)) {
        if (const auto at = Difference(one->phones(), other->phones())) {
          AddPair(*one, *at, *other, true);
          break;
        }
      }
    }
  }

  /// Not "read" or "lead": nobody could tell which is meant.
  static bool HasOneWay(const VocabularyWord& word) { return word.ways.size() == 1; }

  void AddPairs(const VocabularyWord& word) {
    if (!word.plain || !HasOneWay(word)) return;
    for (std::size_t at = 0; at < word.phones().size(); ++at) {
      if (!IsSound(word.phones()[at])) continue;
      Phones changed = word.phones();
      changed[at].id = *order_.against;
      const auto found = by_sound_.find(changed);
      if (found == by_sound_.end()) continue;
      // Of words that sound the same, the commonest.
      const VocabularyWord& other = **std::ranges::max_element(
          found->second, {}, [](const VocabularyWord* each) { return each->sentences; });
      AddPair(word, at, other, false);
    }
  }

  void AddSentence(const VocabularySentence& sentence) {
    if (sentence.words.size() > kLongestDrill) return;
    DrillItem item{.kind = DrillKind::kSentence,
                   .text = sentence.text,
                   .lesson = sentence.lesson,
                   .item = sentence.item,
                   .times = 0};
    double sum = 0.0;
    for (const std::size_t index : sentence.words) {
      const VocabularyWord& word = vocabulary_.words[index];
      for (std::size_t at = 0; at < word.phones().size(); ++at) {
        if (!IsSound(word.phones()[at])) continue;
        ++item.times;
        sum += Chance(item.kind, word, PlaceOf(word, at));
      }
    }
    if (item.times < 2 || !texts_.insert(sentence.text).second) return;
    item.chance = sum / static_cast<double>(item.times);
    items_.push_back(std::move(item));
  }

  const Vocabulary& vocabulary_;
  const PhoneSet& phones_;
  const Knowledge& knowledge_;
  const SoundSkill& skill_;
  const DrillOrder& order_;
  const bool vowel_;
  const double level_;
  std::map<Phones, std::vector<const VocabularyWord*>, BySound> by_sound_;
  std::set<std::pair<std::string, std::string>> paired_;
  std::set<std::string> texts_;
  std::vector<DrillItem> items_;
};

}  // namespace

std::vector<DrillItem> DrillItemsFor(const Vocabulary& vocabulary, const PhoneSet& phones,
                                     const Knowledge& knowledge, const SoundSkill& skill,
                                     const DrillOrder& order) {
  return Finder(vocabulary, phones, knowledge, skill, order).Find();
}

}  // namespace euphone
