#pragma once

#include "score/analysis.h"

namespace euphone {

/// How much of its script `analysis` (verdict and words filled in) found. Part: at least two words
/// are missing, a quarter of them all at the two ends or half of them anywhere. Twice: at least
/// half of the words, and two, were also said before the time that counts.
Content ContentOf(const Analysis& analysis);

}  // namespace euphone
