#include "retrieve/question.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "retrieve/graphemes.h"
#include "retrieve/question_words.h"

namespace euphone {
namespace {

/// Of two words, a reader takes the second for the wanted one where one of these stands between
/// them ("sink for think"), else the first where one of those does ("my ship sounds like sheep").
constexpr auto kSecondWanted = std::to_array<std::string_view>(
    {"for", "instead", "mean", "meant", "meaning", "rather", "should", "try", "trying", "want",
     "wanted", "when", "whenever", "while"});
constexpr auto kFirstWanted = std::to_array<std::string_view>(
    {"as",         "become",  "becomes", "get",  "gets",  "hear",       "heard",
     "hears",      "into",    "like",    "out",  "sound", "sounds",     "think",
     "thinks",     "thought", "to",      "turn", "turns", "understand", "understands",
     "understood", "was",     "writes",  "wrote"});

/// Words of an unquoted pair stand within so many words of each other.
constexpr std::size_t kWithin = 8;
/// What a sound counts that one of several quoted words holds.
constexpr double kHeldByOne = 0.4;
constexpr auto kBeginning = std::to_array<std::string_view>(
    {"begin", "beginning", "begins", "first", "front", "initial", "start", "starts"});
constexpr auto kEnd =
    std::to_array<std::string_view>({"end", "ending", "ends", "final", "finish", "last"});

template <std::size_t count>
bool IsOneOf(const std::array<std::string_view, count>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

using Variants = std::vector<Pronunciation>;

class Reader {
 public:
  Reader(std::string_view question, const Lexicon& lexicon, const Knowledge& knowledge)
      : words_(WordsOfQuestion(question)), lexicon_(lexicon), knowledge_(knowledge) {}

  QuestionReading Read() {
    FindPairs();
    FindAdded();
    if (pairs_.empty()) FindImitations();
    FindSounds();
    if (pairs_.empty()) FindHeld();
    FindLanguages();
    std::ranges::stable_sort(pairs_, std::greater(), &Voted::votes);
    for (const Voted& voted : pairs_) reading_.pairs.push_back(voted.pair);
    return std::move(reading_);
  }

 private:
  struct Voted {
    AskedPair pair;
    int votes = 0;
  };
  struct Spoken {
    std::size_t at = 0;  ///< Index into words_.
    Variants variants;
  };

  const PhoneSet& phones() const { return lexicon_.pack().phones; }

  void Vote(const AskedPair& pair, int votes = 1) {
    const auto found = std::ranges::find(pairs_, pair, &Voted::pair);
    if (found == pairs_.end()) {
      pairs_.push_back({pair, votes});
    } else {
      found->votes += votes;
    }
  }

  /// How a word sounds; one that nobody lists is guessed only where it is quoted.
  Variants Heard(const QuestionWord& word) const {
    Variants listed = lexicon_.pack().lexicon.Find(word.text);
    if (!listed.empty() || !word.quoted) return listed;
    auto guessed = lexicon_.Lookup({.text = word.text, .span = {}, .inline_pronunciation = {}});
    return guessed ? *std::move(guessed) : Variants();
  }

  /// Words that may stand for how something sounds.
  std::vector<Spoken> Candidates() const {
    std::vector<Spoken> candidates;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool letters = words_[i].text.size() < 2 || !SoundsOf(words_[i].text, phones()).empty();
      if (letters || (!words_[i].quoted && IsCommon(words_[i].text))) continue;
      Variants variants = Heard(words_[i]);
      if (!variants.empty()) candidates.push_back({i, std::move(variants)});
    }
    return candidates;
  }

  void FindPairs() {
    const std::vector<Spoken> candidates = Candidates();
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      for (std::size_t j = i + 1; j < candidates.size(); ++j) {
        const Spoken &one = candidates[i], &other = candidates[j];
        const bool quoted = words_[one.at].quoted && words_[other.at].quoted;
        const bool either = words_[one.at].quoted || words_[other.at].quoted;
        if (!quoted && other.at - one.at > kWithin) continue;
        if (const auto pair = Difference(one, other, either)) Vote(*pair);
      }
    }
  }

  /// The one sound in which two words differ; absent where it is not one. A sound more or less
  /// counts only where words are quoted: "word" and "words" are no confusion.
  std::optional<AskedPair> Difference(const Spoken& one, const Spoken& other, bool quoted) const {
    for (const Pronunciation& a : one.variants) {
      for (const Pronunciation& b : other.variants) {
        const auto pair = DifferenceOf(a.phones, b.phones);
        if (!pair) continue;
        const bool both = pair->wanted && pair->heard;
        if (both ? knowledge_.OfContrast(*pair->wanted, *pair->heard) == nullptr : !quoted)
          continue;
        return Directed(*pair, one.at, other.at);
      }
    }
    return std::nullopt;
  }

  /// As if the first word were the wanted one.
  static std::optional<AskedPair> DifferenceOf(const std::vector<Phone>& a,
                                               const std::vector<Phone>& b) {
    const auto differ = std::ranges::mismatch(a, b, {}, &Phone::id, &Phone::id);
    const auto in_a = differ.in1, in_b = differ.in2;
    const auto left_a = a.end() - in_a, left_b = b.end() - in_b;
    const auto same = [&](std::ptrdiff_t skip_a, std::ptrdiff_t skip_b) {
      return left_a >= skip_a && left_b >= skip_b &&
             std::ranges::equal(in_a + skip_a, a.end(), in_b + skip_b, b.end(), {}, &Phone::id,
                                &Phone::id);
    };
    if (left_a > 0 && left_b > 0 && same(1, 1)) return AskedPair{in_a->id, in_b->id};
    if (left_a > 0 && same(1, 0)) return AskedPair{in_a->id, std::nullopt};
    if (left_b == 0 || !same(0, 1)) return std::nullopt;
    AskedPair added{std::nullopt, in_b->id};
    if (in_b != b.begin()) added.after = std::prev(in_b)->id;
    return added;
  }

  AskedPair Directed(AskedPair pair, std::size_t one, std::size_t other) const {
    bool first = false, second = false;
    for (std::size_t i = one + 1; i < other; ++i) {
      if (words_[i].quoted) continue;
      second = second || IsOneOf(kSecondWanted, words_[i].text);
      first = first || IsOneOf(kFirstWanted, words_[i].text);
    }
    pair.directed = first || second;
    if (!second) return pair;
    std::swap(pair.wanted, pair.heard);
    return pair;
  }

  /// "cheese-u", "attack-ee": a vowel that is added.
  void FindAdded() {
    for (std::size_t i = 1; i < words_.size(); ++i) {
      const std::string& added = words_[i].text;
      const bool vowel = words_[i].joined && added.size() <= 2 &&
                         std::string_view("aeiou").find(added.front()) != std::string_view::npos;
      const Variants variants =
          vowel ? lexicon_.pack().lexicon.Find(words_[i - 1].text) : Variants();
      if (variants.empty()) continue;
      const auto sounds = SoundsOf(added.substr(0, 1), phones());
      if (sounds.empty()) continue;
      Vote({.wanted = std::nullopt,
            .heard = sounds.front(),
            .directed = true,
            .after = variants.front().phones.back().id});
    }
  }

  /// Words that are none, as "vindow": those that one other consonant makes a word of.
  void FindImitations() {
    for (const QuestionWord& word : words_) {
      const bool none =
          word.quoted && word.text.size() > 2 && lexicon_.pack().lexicon.Find(word.text).empty();
      if (none) VoteImitated(word.text);
    }
  }

  void VoteImitated(const std::string& written) {
    std::map<std::pair<PhoneId, PhoneId>, int> found;
    for (const Grapheme& heard : ImitatedConsonants()) {
      for (std::size_t at = written.find(heard.letters); at != std::string::npos;
           at = written.find(heard.letters, at + 1)) {
        for (const Grapheme& wanted : ImitatedConsonants()) {
          std::string word = written;
          word.replace(at, heard.letters.size(), wanted.letters);
          const auto want = phones().Find(wanted.arpabet), hear = phones().Find(heard.arpabet);
          if (!want || !hear || want == hear || !Holds(word, *want)) continue;
          // Who imitates an accent takes words that everybody knows.
          if (knowledge_.OfContrast(*want, *hear) != nullptr)
            found[{*want, *hear}] = std::max(found[{*want, *hear}], IsCommon(word) ? 2 : 1);
        }
      }
    }
    for (const auto& [pair, votes] : found)
      Vote({.wanted = pair.first, .heard = pair.second, .directed = true}, votes);
  }

  bool Holds(const std::string& word, PhoneId phone) const {
    return std::ranges::any_of(lexicon_.pack().lexicon.Find(word), [&](const Pronunciation& said) {
      return std::ranges::count(said.phones, phone, &Phone::id) > 0;
    });
  }

  void AddSound(PhoneId phone) {
    if (std::ranges::count(reading_.sounds, phone) == 0) reading_.sounds.push_back(phone);
  }

  void FindSounds() {
    const bool shouted = std::ranges::all_of(words_, &QuestionWord::capital);
    const bool vowel = std::ranges::count(words_, "vowel", &QuestionWord::text) > 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const QuestionWord& word = words_[i];
      const auto named = SoundsOf(word.text, phones());
      const auto arpabet = phones().Find(word.text);
      if (arpabet && word.capital && !shouted && word.text.size() > 1) {
        AddSound(*arpabet);
      } else if (!named.empty() && IsSound(i)) {
        AddNamed(i, named);
      } else if (vowel && word.quoted) {
        AddVowelOf(word);
      }
    }
  }

  /// Of a vowel's letter only the sound that it has when it is long, or short, where that is said.
  void AddNamed(std::size_t at, const std::vector<PhoneId>& named) {
    const bool vowel = words_[at].text.size() == 1 && named.size() == 2;
    if (vowel && at > 0 && words_[at - 1].text == "long") return AddSound(named[1]);
    if (vowel && at > 0 && words_[at - 1].text == "short") return AddSound(named[0]);
    for (const PhoneId phone : named) AddSound(phone);
  }

  /// Whether one of these words is in the question.
  template <std::size_t count>
  bool Has(const std::array<std::string_view, count>& list) const {
    return std::ranges::any_of(words_,
                               [&](const QuestionWord& word) { return IsOneOf(list, word.text); });
  }

  /// What quoted words have in common is likely to be asked about ("wrong", "ring"), and what they
  /// begin or end with, where the question speaks of that.
  void FindHeld() {
    std::map<PhoneId, int> in_words;
    std::map<PhoneId, double> shares;
    const bool begins = Has(kBeginning), ends = Has(kEnd);
    int quoted = 0;
    for (const QuestionWord& word : words_) {
      if (!word.quoted || word.text.size() < 3) continue;
      const Variants variants = Heard(word);
      if (variants.empty()) continue;
      ++quoted;
      const std::vector<Phone>& phones = variants.front().phones;
      std::set<PhoneId> once;
      for (const Pronunciation& variant : variants) {
        for (const Phone& phone : variant.phones) once.insert(phone.id);
      }
      for (const PhoneId phone : once) {
        ++in_words[phone];
        shares[phone] = std::max(shares[phone], kHeldByOne);
      }
      if (begins) shares[phones.front().id] = 1.0;
      if (ends) shares[phones.back().id] = 1.0;
    }
    for (const auto& [phone, share] : shares) {
      const bool all = quoted > 1 && in_words[phone] == quoted;
      reading_.held.push_back({phone, all ? 1.0 : share});
    }
  }

  /// Whether letters that may stand for a sound do: "the th sound", "my r", but not "I" or "to".
  bool IsSound(std::size_t at) const {
    const QuestionWord& word = words_[at];
    if (word.quoted || static_cast<unsigned char>(word.text.front()) >= 0x80) return true;
    const auto near = [&](std::size_t i, auto... names) {
      return i < words_.size() && ((words_[i].text == names) || ...);
    };
    if (word.text == "a" || word.text == "i") return near(at - 1, "letter", "short", "long");
    if (near(at + 1, "sound", "sounds", "letter", "vowel", "consonant")) return true;
    if (near(at - 1, "letter", "letters", "sound", "vowel", "short", "long")) return true;
    const bool vowel = word.text.find_first_of("aeiou") != std::string::npos;
    if (vowel) return near(at - 1, "the") && !IsWord(at);
    return !IsCommon(word.text);
  }
  bool IsWord(std::size_t at) const {
    return words_[at].text.size() > 1 && !lexicon_.pack().lexicon.Find(words_[at].text).empty();
  }

  void AddVowelOf(const QuestionWord& word) {
    const Variants variants = Heard(word);
    if (variants.empty()) return;
    for (const Phone& phone : variants.front().phones) {
      if (phone.stress == Stress::kPrimary) return AddSound(phone.id);
    }
  }

  void FindLanguages() {
    std::string text = " ";
    for (const QuestionWord& word : words_) text += word.text + " ";
    for (const Article& article : knowledge_.articles()) {
      const bool named = std::ranges::any_of(article.names, [&](std::string name) {
        for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return text.find(" " + name + " ") != std::string::npos ||
               text.find(" " + name + "'s ") != std::string::npos ||
               text.find(" " + name + "s ") != std::string::npos;
      });
      if (named) reading_.languages.push_back(article.id);
    }
  }

  std::vector<QuestionWord> words_;
  const Lexicon& lexicon_;
  const Knowledge& knowledge_;
  std::vector<Voted> pairs_;
  QuestionReading reading_;
};

}  // namespace

QuestionReading ReadQuestion(std::string_view question, const Lexicon& lexicon,
                             const Knowledge& knowledge) {
  return Reader(question, lexicon, knowledge).Read();
}

}  // namespace euphone
