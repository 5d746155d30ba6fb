#pragma once

#include "lexicon/phone_set.h"
#include "report/page.h"
#include "report/phrases.h"
#include "score/analysis.h"

namespace euphone {

/// Everything that was measured, down to each sound, for whoever wants to know.
void PutDetails(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                Page& page);

}  // namespace euphone
