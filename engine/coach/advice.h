#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coach/knowledge.h"
#include "score/analysis.h"

namespace euphone {

/// What is known of who reads.
struct LearnerRecord {
  std::string first_language = {};  ///< ISO 639; empty: not known. Never evidence, only a nudge.
  /// Tips of the attempts before this one, latest last.
  std::vector<std::vector<std::string>> told = {};
  /// How often, of the times that the first sound was to be said, the second one was, 0–1.
  std::map<std::pair<PhoneId, PhoneId>, double> habits = {};
};

/// A tip is not given again for so many attempts, unless there is nothing else to say.
inline constexpr std::size_t kAttemptsBetween = 3;

/// After this attempt: what was told of it is not told again at once. An attempt that was not
/// scored is none.
void Remember(const Analysis& attempt, LearnerRecord& record);

/// What to do next time, at most `most` things, each about something else; what helps most first:
/// a confusion that costs many words, that this learner often makes, or that is usual for her first
/// language; then stress, then pauses, then
/// the voice at an ending, each with its place, then sounds of which nothing can be claimed.
/// Nothing for a recording that was not scored. The same arguments give the same answer.
std::vector<Advice> Advise(const Analysis& analysis, const PhoneSet& phones,
                           const Knowledge& knowledge, const LearnerRecord& record,
                           std::size_t most = 2);

/// All tips for a sound that was said as another; never empty for two different phones. `word` and
/// `phone` are left at 0.
std::vector<Advice> TipsFor(const PhoneSet& phones, const Knowledge& knowledge, PhoneId expected,
                            PhoneId heard);

}  // namespace euphone
