#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "curves/series.h"
#include "store/learners.h"
#include "store/store.h"

namespace euphone {

/// What a point of a learner's curve is.
enum class CurveStep {
  kTake,
  kDay,   ///< The mean of its takes.
  kAuto,  ///< Days, once there are enough of them for a curve; else takes.
};

/// Scores by practice, in the order in which it was said: x counts the takes before, all of them
/// since the first. With a sound (ARPAbet): the takes that have it, each with the mean of its
/// times; else the total of each take that was scored. `from_day`: what was before it is counted in
/// x, but is no point. Points carry their date. Empty where nothing was scored. Fails: kNotFound
/// (no such learner).
Result<Series> LearnerSeries(Store& store, LearnerId learner, std::string_view sound = {},
                             std::optional<std::int64_t> from_day = {},
                             CurveStep step = CurveStep::kAuto);

/// Sounds of which something was scored, those with the most takes first.
Result<std::vector<std::string>> ScoredSounds(Store& store, LearnerId learner);

}  // namespace euphone
