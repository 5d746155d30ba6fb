#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "coach/drill_chance.h"
#include "store/learners.h"

namespace euphone {

/// How a learner says a sound (ARPAbet), for drills of it: the last kRecentTimes or more, whole
/// days, until `today`; whether it is due; and every word that was read. Nothing of it where the
/// sound was never scored. `today`: days since 1970 by the learner's clock. Fails: kNotFound (no
/// such learner).
Result<SoundSkill> SoundSkillOf(Store& store, LearnerId learner, std::string_view sound,
                                std::int64_t today);

}  // namespace euphone
