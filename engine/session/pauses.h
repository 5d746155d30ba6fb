#pragma once

#include <span>
#include <vector>

#include "score/analysis.h"

namespace euphone {

/// Silences of at least kShortestPause before, between and after the words of `analysis` (words and
/// script filled in). Only those of half a second and more are called unexpected.
std::vector<Pause> FindPauses(const Analysis& analysis);

/// Pauses of half a second or more that no punctuation asks for, and sentences that run into the
/// next one; of `analysis` as above.
std::vector<Break> FindBreaks(const Analysis& analysis);

/// Marks the word before each break (kUnexpectedPause, kMissingPause), where nothing graver is
/// wrong with it.
void MarkPauses(std::span<const Break> breaks, Analysis& analysis);

}  // namespace euphone
