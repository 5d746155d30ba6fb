#pragma once

#include <span>
#include <string>

#include "lexicon/syllabifier.h"

namespace euphone {

/// Writes phones in IPA: "ˈ" or "ˌ" before a stressed syllable, "." before any other but the
/// first: "pɹəˌnʌn.siˈeɪ.ʃən". A word of one syllable has no mark ("kæt").
/// REQUIRES: `syllabifier` was made for `phone_set`.
std::string Ipa(std::span<const Phone> phones, const PhoneSet& phone_set,
                const Syllabifier& syllabifier);

}  // namespace euphone
