#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "lexicon/phone_set.h"
#include "retrieve/question.h"
#include "store/progress.h"

namespace euphone {

/// How far back a learner's readings are looked at.
inline constexpr std::int64_t kRecordDays = 28;

/// What a learner's readings say of the sounds that a question is about, in English sentences:
/// "TH: said 14 times in the last 28 days, 64 of 100 on average, 5 times wrong; heard instead so
/// far: S (5 times)." None of a sound that was never said. `progress`: of the last kRecordDays.
/// Pure.
std::vector<std::string> RecordFor(const QuestionReading& reading, const LearnerProgress& progress,
                                   const PhoneSet& phones);

/// The same for a learner in the store. `today`: days since 1970 by the learner's clock. Fails: as
/// ProgressOf.
Result<std::vector<std::string>> RecordFor(const QuestionReading& reading, Store& store,
                                           LearnerId learner, const PhoneSet& phones,
                                           std::int64_t today);

}  // namespace euphone
