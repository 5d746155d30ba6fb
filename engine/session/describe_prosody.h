#pragma once

#include "base/units.h"
#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone {

/// Tracks the voice in `pcm`, the analysed recording, and fills in melody and rhythm of
/// `analysis.prosody`. REQUIRES: script, words, quality and rate of `analysis`.
void DescribeProsody(PcmView pcm, const PhoneSet& phones, Analysis& analysis);

}  // namespace euphone
