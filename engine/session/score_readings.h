#pragma once

#include "base/result.h"
#include "lexicon/language_pack.h"
#include "score/analysis.h"
#include "score/calibration.h"
#include "score/scorer.h"
#include "session/aligned_reading.h"
#include "text/script.h"

namespace euphone {

/// Turns an aligned reading into word, sentence and overall scores, pauses and tempo, and writes
/// them into `analysis`. Completeness is the share of the text's words that were read. The total
/// is the scorer's, where it gives one and a word was read. Else it weighs accuracy, fluency and
/// prosody 8 : 1 : 1, the weights behind speechocean762's own totals, over those that are there.
/// Fails: what Scorer::Judge fails with.
Status ScoreReadings(const AlignedReading& reading, const LanguagePack& pack,
                     const Calibration& calibration, const Scorer& scorer, Analysis& analysis);

/// Words that show what was read but carry no score: for recordings whose verdict withholds it.
void ListWordsUnscored(const Script& script, Analysis& analysis);

}  // namespace euphone
