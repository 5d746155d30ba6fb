#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "lexicon/ipa.h"

namespace euphone {
namespace {

struct Spelling {
  std::string_view ipa;
  std::string_view
      arpabet;  ///< Phones separated by blanks; a vowel that is always reduced has a 0.
};

// How others write what the phone set writes its own way. British vowels become the nearest
// American ones.
constexpr auto kOtherSpellings = std::to_array<Spelling>({
    {"ɝː", "ER"},   {"ɜːr", "ER"},  {"ɜːɹ", "ER"}, {"ɜr", "ER"},  {"ɜɹ", "ER"},  {"ɜː", "ER"},
    {"ɜ˞", "ER"},   {"ɜ", "ER"},    {"ər", "ER0"}, {"əɹ", "ER0"}, {"ə˞", "ER0"}, {"ɚ", "ER0"},
    {"ə", "AH0"},   {"ɐ", "AH"},    {"ɒ", "AA"},   {"a", "AE"},   {"e", "EH"},   {"ɔː", "AO"},
    {"o", "AO"},    {"əʊ", "OW"},   {"əu", "OW"},  {"ou", "OW"},  {"oː", "OW"},  {"ei", "EY"},
    {"eː", "EY"},   {"ai", "AY"},   {"au", "AW"},  {"oi", "OY"},  {"ɔi", "OY"},  {"oɪ", "OY"},
    {"i", "IY"},    {"u", "UW"},    {"ɨ", "IH"},   {"ʉ", "UW"},   {"ʧ", "CH"},   {"ʤ", "JH"},
    {"g", "G"},     {"r", "R"},     {"ɻ", "R"},    {"ɫ", "L"},    {"ʍ", "W"},    {"l̩", "AH0 L"},
    {"n̩", "AH0 N"}, {"m̩", "AH0 M"},
});

// Neither sounds nor stress: length, syllable boundary, blanks.
constexpr auto kSilentMarks =
    std::to_array<std::string_view>({"ː", "ˑ", ".", "‿", " ", "\t", "\r"});
constexpr std::array kTieBars{std::string_view("\u0361"), std::string_view("\u035C")};
constexpr auto kPrimaryMarks = std::to_array<std::string_view>({"ˈ", "'", "’"});
constexpr std::string_view kSecondaryMark = "ˌ";

template <std::size_t kCount>
bool TakeAny(std::string_view& text, const std::array<std::string_view, kCount>& marks) {
  for (const std::string_view mark : marks) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    return true;
  }
  return false;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(kWhite), text.size()));
  return text.substr(0, text.find_last_not_of(kWhite) + 1);
}

bool IsEnclosed(std::string_view text) {
  return text.size() > 2 && ((text.starts_with('/') && text.ends_with('/')) ||
                             (text.starts_with('[') && text.ends_with(']')));
}

/// "t͡ʃ" is "tʃ".
std::string WithoutTieBars(std::string_view text) {
  std::string untied(text);
  for (const std::string_view bar : kTieBars) {
    for (std::size_t at = 0; (at = untied.find(bar, at)) != std::string::npos;)
      untied.erase(at, bar.size());
  }
  return untied;
}

/// The first character of `text`, all its bytes.
std::string FirstCharacter(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return std::string(text.substr(0, size));
}

/// A phone read from IPA, before the word's stress is known.
struct Heard {
  PhoneId id;
  bool reduced;
  Stress marked;  ///< kNone: by no mark.
};

class Reader {
 public:
  explicit Reader(const PhoneSet& phones) : phones_(phones) {
    for (std::size_t i = 0; i < phones.size(); ++i) {
      const PhoneInfo& info = phones.info(static_cast<PhoneId>(i));
      spellings_.emplace_back(info.ipa, info.arpabet);
    }
    for (const Spelling& other : kOtherSpellings) spellings_.emplace_back(other.ipa, other.arpabet);
    std::stable_sort(spellings_.begin(), spellings_.end(), [](const auto& a, const auto& b) {
      return a.first.size() > b.first.size();  // The longest that fits is meant.
    });
  }

  Result<std::vector<Phone>> Read(const std::string& whole) {
    std::string_view text = whole;
    while (!text.empty()) {
      if (TakeAny(text, kSilentMarks)) continue;
      if (TakeAny(text, kPrimaryMarks)) {
        Mark(Stress::kPrimary);
      } else if (text.starts_with(kSecondaryMark)) {
        text.remove_prefix(kSecondaryMark.size());
        Mark(Stress::kSecondary);
      } else if (!TakeSound(text)) {
        return Error{Errc::kInvalidArgument,
                     "'" + FirstCharacter(text) + "' in '" + whole +
                         "' is no IPA for a sound of this language; write ARPAbet, as in HH AH0 L "
                         "OW1, or IPA, as in həˈloʊ"};
      }
    }
    if (heard_.empty()) return Error{Errc::kInvalidArgument, "no sounds in '" + whole + "'"};
    return Stressed();
  }

 private:
  void Mark(Stress stress) {
    next_ = stress;
    marked_ = true;
  }

  bool TakeSound(std::string_view& text) {
    for (const auto& [ipa, arpabet] : spellings_) {
      if (!text.starts_with(ipa) || !Add(arpabet)) continue;
      text.remove_prefix(ipa.size());
      return true;
    }
    return false;
  }

  bool Add(std::string_view symbols) {
    while (!symbols.empty()) {
      std::string_view symbol = symbols.substr(0, symbols.find(' '));
      symbols.remove_prefix(std::min(symbols.size(), symbol.size() + 1));
      const bool reduced = symbol.ends_with('0');
      if (reduced) symbol.remove_suffix(1);
      const auto id = phones_.Find(symbol);
      if (!id) return false;
      const bool vowel = phones_.info(*id).vowel;
      heard_.push_back({*id, reduced, vowel ? std::exchange(next_, Stress::kNone) : Stress::kNone});
    }
    return true;
  }

  std::vector<Phone> Stressed() const {
    std::vector<Phone> word;
    for (const Heard& sound : heard_) {
      Stress stress = Stress::kNone;
      if (phones_.info(sound.id).vowel) {
        const bool full = !marked_ && !sound.reduced;
        stress = sound.marked != Stress::kNone ? sound.marked
                 : full                        ? Stress::kPrimary
                                               : Stress::kUnstressed;
      }
      word.push_back({sound.id, stress});
    }
    return word;
  }

  const PhoneSet& phones_;
  std::vector<std::pair<std::string, std::string_view>> spellings_;
  std::vector<Heard> heard_;
  Stress next_ = Stress::kNone;
  bool marked_ = false;
};

}  // namespace

bool LooksLikeIpa(std::string_view text) {
  return IsEnclosed(Trimmed(text)) || std::any_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x80;
         });
}

Result<std::vector<Phone>> ParseIpa(std::string_view text, const PhoneSet& phone_set) {
  text = Trimmed(text);
  if (IsEnclosed(text)) text = text.substr(1, text.size() - 2);
  return Reader(phone_set).Read(WithoutTieBars(text));
}

}  // namespace euphone
