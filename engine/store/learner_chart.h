#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "curves/chart.h"
#include "lexicon/phone_set.h"
#include "store/learner_curve.h"

namespace euphone {

struct LearnerChartAsk {
  std::vector<std::string> sounds;  ///< ARPAbet; none: all that is scored, in one curve.
  std::optional<std::int64_t> from_day = std::nullopt;
  CurveStep step = CurveStep::kAuto;
  LearnerAsk ask = {};
};

/// A learner's curves: the total's, with a row for each sound, or those of the sounds that were
/// asked for. `name`: as the reader knows her. Fails: kNotFound (no such learner).
Result<CurveChart> LearnerChart(Store& store, LearnerId learner, const std::string& name,
                                const PhoneSet& phones, const LearnerChartAsk& ask);

/// One of these, for a comparison; all sounds where `sound` is empty.
Result<ChartLine> LearnerChartLine(Store& store, LearnerId learner, const std::string& sound,
                                   const PhoneSet& phones, const LearnerChartAsk& ask);

/// What such charts have in common.
CurveChart EmptyLearnerChart(const std::string& title);

}  // namespace euphone
