#pragma once

#include <vector>

#include "score/analysis.h"

namespace euphone {

/// Silences of at least kShortestPause before, between and after the words of `analysis` (words and
/// script filled in).
std::vector<Pause> FindPauses(const Analysis& analysis);

/// Marks the word after a long pause that no punctuation asks for (kUnexpectedPause) and the first
/// word of a sentence that follows the one before without a break (kMissingPause), where nothing
/// graver is wrong with it.
void MarkPauses(Analysis& analysis);

}  // namespace euphone
