#pragma once

#include <cstdint>

#include "base/result.h"
#include "coach/advice.h"
#include "lexicon/phone_set.h"
#include "store/learners.h"

namespace euphone {

/// How many days back a confusion is a habit.
inline constexpr std::int64_t kHabitDays = 28;
/// A sound that was to be said less often counts as having been to be said so often: one slip is no
/// habit.
inline constexpr double kFewestForHabit = 10.0;

/// What the coach is to know of a learner: the first language, what was told in the last
/// kAttemptsBetween scored takes in the order in which they were kept, and habits of the last
/// kHabitDays. `today`: days since 1970 by the learner's clock. A few milliseconds. Fails:
/// kNotFound.
Result<LearnerRecord> LearnerRecordOf(Store& store, LearnerId learner, const PhoneSet& phones,
                                      std::int64_t today);

}  // namespace euphone
