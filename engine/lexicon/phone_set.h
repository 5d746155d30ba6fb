#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Index of a phone in its PhoneSet, stress-less, from 0. A model's output column for it is id + 1.
using PhoneId = std::int16_t;

enum class Stress : std::int8_t { kNone = -1, kUnstressed = 0, kPrimary = 1, kSecondary = 2 };

/// A phone of a pronunciation: consonants carry Stress::kNone, vowels one of the others.
struct Phone {
  PhoneId id = 0;
  Stress stress = Stress::kNone;
  friend bool operator==(const Phone&, const Phone&) = default;
};

/// What is known about one phone; the articulatory words are empty where they do not apply.
struct PhoneInfo {
  std::string arpabet;
  std::string ipa;  ///< With stress, or when stress does not matter.
  std::string
      ipa_unstressed;  ///< The reduced form ("ə" for AH0); equal to `ipa` where there is none.
  bool vowel = false;
  std::string manner;
  std::string place;
  bool voiced = false;
  std::string height;    ///< Of a vowel: "high", "near-high", "mid", "low".
  std::string backness;  ///< Of a vowel: "front", "central", "back".
  bool rounded = false, tense = false, rhotic = false;
  std::string glide;  ///< Where a vowel moves to: "front", "back"; empty where it stays.
};

/// The phones of a language, from its contract file (phones.en-us.json). Immutable after Parse.
class PhoneSet {
 public:
  /// Fails: kCorrupt, saying what is missing.
  static Result<PhoneSet> Parse(std::string_view json);

  std::size_t size() const { return phones_.size(); }
  const PhoneInfo& info(PhoneId id) const { return phones_[static_cast<std::size_t>(id)]; }
  std::optional<PhoneId> Find(std::string_view arpabet) const;  ///< Without a stress digit.

  /// "AH0" or "B", upper or lower case. Fails: kInvalidArgument for an unknown symbol, a digit on a
  /// consonant. A vowel without a digit is taken as primary-stressed.
  Result<Phone> ParsePhone(std::string_view symbol) const;
  std::string Arpabet(Phone phone) const;  ///< "AH0", "B".
  std::string Ipa(Phone phone) const;      ///< "ə", "b"; no stress mark.

 private:
  std::vector<PhoneInfo> phones_;
  std::unordered_map<std::string, PhoneId> by_name_;
};

}  // namespace euphone
