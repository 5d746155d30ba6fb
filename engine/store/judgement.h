#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "report/report.h"
#include "store/takes.h"

namespace euphone {

/// What the store counts of an analysis: scores, findings, tips, and sums over sounds, confusions
/// and words. `document`: euphone.analysis/1 (contract/analysis.schema.json), which is kept as it
/// is. Nothing is counted of what was not scored. Fails: kCorrupt for another document.
Result<TakeJudgement> JudgementOf(std::string document);

/// A take of this device, of whom and of which lesson left open. `said_ms`: when it began. Fails:
/// kInternal.
Result<NewTake> TakeOf(const Analysis& analysis, const PhoneSet& phones, std::int64_t said_ms);

}  // namespace euphone
