#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "lexicon/phone_set.h"

namespace euphone {

/// The sounds for which letters ("th", "v") or a sign of the IPA ("θ") may stand in a question,
/// the likeliest first; none for what stands for no sound.
std::vector<PhoneId> SoundsOf(std::string_view written, const PhoneSet& phones);

/// How imitations of an accent spell the consonants: "z" for "this" said as "zis".
struct Grapheme {
  std::string_view letters, arpabet;
};
std::span<const Grapheme> ImitatedConsonants();

}  // namespace euphone
