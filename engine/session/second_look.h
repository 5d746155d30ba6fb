#pragma once

#include <vector>

#include "align/align.h"
#include "base/result.h"
#include "score/scorer.h"
#include "session/aligned_reading.h"

namespace euphone {

/// A heavily accented word may fit the text so badly that leaving it out looks likelier. So those
/// that `first` takes for left out are aligned as if they had been read, and judged: the ones whose
/// accuracy is at least Scorer::read_above() count as read, and the recording is aligned anew with
/// them in it. Without any, or with a scorer that cannot tell, `first.alignment` comes back.
/// `words`: what `first` was aligned with. Fails: as Align and Scorer::Judge.
Result<Alignment> LookAgain(const AlignedReading& first, std::vector<AlignWord> words,
                            const AlignConfig& config, const Scorer& scorer);

}  // namespace euphone
