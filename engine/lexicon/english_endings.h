#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexicon/pronunciation.h"

namespace euphone::english {

enum class Ending { kNone, kS, kEs };

/// A word and the ending that makes another of it.
struct Derivation {
  std::string base;
  Ending ending = Ending::kNone;
};

/// How `key` may come of another word by a possessive or regular plural, best first: "dog's" and
/// "dogs" of "dog", "dogs'" of "dogs", "boxes" of "box", "puppies" of "puppy". Nothing promises
/// that the base exists.
std::vector<Derivation> Derivations(std::string_view key);

/// Appends the ending: IH0 Z after a sibilant, S after another voiceless consonant, else Z. False,
/// and nothing done, if the phones do not take it (kEs without a sibilant) or are none.
bool AppendEnding(Ending ending, const PhoneSet& phone_set, std::vector<Phone>& phones);

/// Whether there is no letter in it that could stand for a vowel ("xkcd"): such a word is spelled.
bool IsAllConsonants(std::string_view key);

}  // namespace euphone::english
