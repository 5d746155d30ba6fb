#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lexicon/lexicon.h"

namespace euphone {

/// A few words that are said without a pause, in every way that the lexicon knows: phone ids, as in
/// AlignWord. No variant is empty or there twice.
struct Phrase {
  std::vector<std::vector<int>> variants;
};

/// Fails: as NormalizeText and Lexicon::Lookup; kTooLarge for more than six words, or 200 ways to
/// say them.
Result<Phrase> MakePhrase(const Lexicon& lexicon, std::string_view words);

/// One after the other, in one breath.
Phrase Joined(const Phrase& first, const Phrase& then);

}  // namespace euphone
