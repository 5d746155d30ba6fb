#pragma once

#include <optional>
#include <string>

#include "lexicon/phone_set.h"
#include "report/phrases.h"
#include "score/analysis.h"

namespace euphone {

/// What a learner is told of a reading, in a few sentences. Without a score: why there is none and
/// what to do, in `what` and `how`; the rest is empty then.
struct Summary {
  bool scored = false;
  std::optional<double> score;  ///< 0–100; absent on a scored reading where nothing was measured.
  std::string what, how;
  std::string praise;       ///< Empty: none.
  std::string focus, hint;  ///< The one thing to do, and how; empty: none.
  bool polish = false;      ///< The focus is no mistake.
};

/// Pure. `analysis` as for a report (report/report.h).
Summary Summarise(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases);

}  // namespace euphone
