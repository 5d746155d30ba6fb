#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "coach/drills.h"
#include "store/learners.h"
#include "store/practice.h"

namespace euphone {

/// What a learner should be drilled in today.
struct DrillPlan {
  /// Sounds that are due, the least likely to go well first; where none is, the one that comes
  /// next. Empty: no sound was scored yet.
  std::vector<PracticeItem> sounds;
  DrillOrder order;
  SoundSkill skill;
};

/// For the sound and the one against it that are asked for, else for the first of `sounds`, else
/// for the contrast of the day (coach/drills.h); against it whatever ContrastFor() says. `today`:
/// days since 1970 by the learner's clock. Fails: kNotFound (no such learner; nothing is known of
/// any sound).
Result<DrillPlan> PlanDrill(Store& store, LearnerId learner, const PhoneSet& phones,
                            const Knowledge& knowledge, std::int64_t today,
                            std::optional<PhoneId> sound = {}, std::optional<PhoneId> against = {});

}  // namespace euphone
