#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "practice/learning_curve.h"
#include "practice/memory.h"
#include "store/learners.h"
#include "store/progress.h"

namespace euphone {

/// What a learner should practise, and when: every sound that was scored and the words that went
/// wrong most, each with a memory (practice/memory.h) that its days of practice have made.
struct PracticeItem {
  enum class Kind { kSound, kWord };
  Kind kind = Kind::kSound;
  std::string what;  ///< ARPAbet, or the word.
  Memory memory;
  std::int64_t due_day = 0;
  double recall = 0.0;     ///< How likely it goes well today, 0–1.
  double last_mean = 0.0;  ///< Mean score of its last day, 0–100.
};

/// Those that are due first, the least likely to go well before the others; then by the day on
/// which they are due. `today`: days since 1970 by the learner's clock. Fails: kNotFound.
Result<std::vector<PracticeItem>> PracticeOf(Store& store, LearnerId learner, std::int64_t today);

/// How far a curve looks ahead, by how often the learner practised in as many days before.
inline constexpr std::int64_t kCurveDays = 28;

/// The learner's own curve over `days`, as ProgressOf gives them; `later` is kCurveDays on. Absent
/// as FitLearningCurve says.
std::optional<LearningCurve> CurveOf(const std::vector<DayOfPractice>& days);

}  // namespace euphone
