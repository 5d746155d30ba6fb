#pragma once

#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "lexicon/pronunciation.h"

namespace euphone {

/// Splits pronunciations into syllables by the maximal onset principle (Kahn 1976; Selkirk 1982):
/// of the consonants between two vowels, the longest end that may begin a syllable does, the rest
/// closes the syllable before. No consonant belongs to two syllables ("ci.ty", "ha.ppy").
/// Immutable after Parse; may be read from any thread.
class Syllabifier {
 public:
  /// `onsets`: one legal onset a line, as ARPAbet consonants ("S T R"); "#" starts a comment.
  /// Fails: kInvalidArgument, "line 7: …".
  static Result<Syllabifier> Parse(std::string_view onsets, const PhoneSet& phones);

  /// Covers all phones, in order; nothing for phones without a vowel ("hmm"). REQUIRES: phones of
  /// the set given to Parse.
  std::vector<Syllable> Syllabify(std::span<const Phone> phones) const;

 private:
  bool IsVowel(Phone phone) const { return vowel_[static_cast<std::size_t>(phone.id)]; }
  bool IsOnset(std::span<const Phone> consonants) const;

  std::vector<bool> vowel_;  // By PhoneId.
  std::set<std::vector<PhoneId>> onsets_;
};

}  // namespace euphone
