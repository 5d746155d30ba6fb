#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/syllabifier.h"

namespace euphone {

/// Writes phones in IPA: "ˈ" or "ˌ" before a stressed syllable, "." before any other but the
/// first: "pɹəˌnʌn.siˈeɪ.ʃən". A word of one syllable has no mark ("kæt").
/// REQUIRES: `syllabifier` was made for `phone_set`.
std::string Ipa(std::span<const Phone> phones, const PhoneSet& phone_set,
                const Syllabifier& syllabifier);

/// Whether `text` is meant as IPA rather than ARPAbet: it lies between slashes or brackets, or has
/// letters or marks that are not ASCII.
bool LooksLikeIpa(std::string_view text);

/// Reads what Ipa() writes and what dictionaries print: "təˈmɑːtoʊ", "/kæt/", "ˈwɔːtər". Sounds
/// that this language does not tell apart are one ("e" is EH, "ɒ" AA, "əʊ" OW); length marks, tie
/// bars and syllable dots may be left out. A stress mark, "ˈ" (or ') and "ˌ", goes with the next
/// vowel; where a word has marks its other vowels are unstressed, where it has none they have
/// primary stress but for the reduced ones (ə, ɚ).
/// Fails: kInvalidArgument, naming what is no sound of `phone_set`; where there is no sound at all.
Result<std::vector<Phone>> ParseIpa(std::string_view text, const PhoneSet& phone_set);

}  // namespace euphone
