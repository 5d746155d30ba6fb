#pragma once

#include "lexicon/phone_set.h"
#include "report/page.h"
#include "report/phrases.h"
#include "score/analysis.h"

namespace euphone {

/// What can be worked on, row by row: sounds, words, stress, pauses, pace; on a scored recording.
void PutRows(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases, Page& page);

/// What is wrong with the recording and what to do about it; nothing if nothing is.
void PutRecording(const Analysis& analysis, const Phrases& phrases, Page& page);

}  // namespace euphone
