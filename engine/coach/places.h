#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "score/analysis.h"

namespace euphone {

/// What went wrong with stress, phrasing or melody, and where. Of weak forms, rhythm and range
/// there is no place, since what is measured of them does not tell one
/// (docs/decisions/056-advice-by-place.md).
struct Placed {
  std::size_t word = 0;  ///< Index into Analysis::words; for a pause the word before it.
  ProsodyPlace place;
};

/// Which syllable should be the strongest and which was. REQUIRES: StressIsWrong(word).
ProsodyPlace StressPlace(const WordScore& word);

/// The word whose stress has the lowest mark, of those with another syllable stressed.
std::optional<Placed> WrongStress(const Analysis& analysis);

/// The longest pause that the text does not ask for.
std::optional<Placed> BrokenPhrase(const Analysis& analysis);

/// The phrase whose end goes farthest the other way than its text asks; its word is the last
/// stressed one. Not where nobody can judge that word.
std::optional<Placed> WrongEnding(const Analysis& analysis);

/// Topics of the knowledge base that tell what to do there, the one that fits best first.
std::vector<std::string_view> TopicsFor(const Analysis& analysis, const Placed& placed);

}  // namespace euphone
