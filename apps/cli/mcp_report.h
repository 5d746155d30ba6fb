#pragma once

#include <string>

#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone::cli {

/// What a reading was like in a few lines, for a language model to speak of: scores, every word
/// that had something wrong with its time, what was heard instead, what the coach says. Claims only
/// what the analysis does. Pure. `analysis` as for a report (report/report.h).
std::string CompactReport(const Analysis& analysis, const PhoneSet& phones);

}  // namespace euphone::cli
