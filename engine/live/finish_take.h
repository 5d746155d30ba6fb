#pragma once

#include <functional>
#include <memory>

#include "live/event.h"
#include "live/live_session.h"
#include "live/live_text.h"
#include "session/analyzer.h"

namespace euphone {

/// The full pass over a take: what `analyzer.Analyze()` says of a recording of these samples with
/// the sentence as its text, and what it advises this learner. Fails: as that. Thread: any; several
/// takes at a time are no harm.
struct JudgedTake {
  Result<std::shared_ptr<const Analysis>> analysis;
  double pass_ms = 0.0;
};
JudgedTake JudgeTake(const Analyzer& analyzer, const LiveText& text, const FinishedTake& take,
                     const LearnerRecord& learner);

/// Tells what came of it: every word that was read as WordScored and PhonesScored in their
/// final state, then SentenceFinished with the whole analysis; Failed where
/// that failed. `revision` of the words is that of the take plus kFinalRevisions, so that it
/// is above what was told while they were spoken.
void TellTake(SentenceFinished finished, const JudgedTake& judged,
              const std::function<void(EventKind)>& tell);

/// Revisions of a word from here on are those of the full pass.
inline constexpr std::size_t kFinalRevisions = 1000;

}  // namespace euphone
