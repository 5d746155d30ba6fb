#pragma once

#include <cstddef>
#include <vector>

#include "lexicon/phone_set.h"

namespace euphone {

/// Where a pronunciation comes from; a report shows guesses as such.
enum class Origin { kLexicon, kUser, kInline, kWeakForm, kSpelled, kG2p };

struct Pronunciation {
  std::vector<Phone> phones;
  Origin origin = Origin::kLexicon;
};

/// A syllable of a pronunciation: phones [first, first + count), with exactly one vowel, its
/// nucleus.
struct Syllable {
  std::size_t first = 0;
  std::size_t count = 0;
  std::size_t nucleus = 0;  ///< Index of the vowel among the word's phones.
  Stress stress = Stress::kUnstressed;
};

}  // namespace euphone
