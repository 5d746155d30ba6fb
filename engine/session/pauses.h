#pragma once

#include <vector>

#include "score/analysis.h"

namespace euphone {

/// Silences of at least kShortestPause before, between and after the words of `analysis` (words and
/// script filled in). Only those of half a second and more are called unexpected.
std::vector<Pause> FindPauses(const Analysis& analysis);

/// Marks the word before a pause of half a second or more that no punctuation asks for
/// (kUnexpectedPause) and the last word of a sentence that runs into the next one (kMissingPause),
/// where nothing graver is wrong with it.
void MarkPauses(Analysis& analysis);

}  // namespace euphone
