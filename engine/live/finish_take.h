#pragma once

#include <functional>

#include "live/event.h"
#include "live/live_session.h"
#include "live/live_text.h"
#include "session/analyzer.h"

namespace euphone {

/// The full pass over a take: every word that was read as WordScored and PhonesScored in their
/// final state, then SentenceFinished with the whole analysis, which is what
/// `analyzer.Analyze()` says of a recording of these samples with the sentence as its text; Failed
/// where that fails. `revision` of the words is that of the take plus kFinalRevisions, so that it
/// is above what was told while they were spoken.
/// Thread: any; several takes at a time are no harm.
void FinishTake(const Analyzer& analyzer, const LiveText& text, FinishedTake take,
                const std::function<void(EventKind)>& tell);

/// Revisions of a word from here on are those of the full pass.
inline constexpr std::size_t kFinalRevisions = 1000;

}  // namespace euphone
