#pragma once

#include <vector>

#include "align/align.h"
#include "base/result.h"
#include "session/aligned_reading.h"

namespace euphone {

struct SecondLookConfig {
  /// A word that finds so much time for each of its phones, in the geometric mean, was read. Fitted
  /// on learners: of words cut out of a recording one in forty does, of accented words that were
  /// wrongly taken for left out more than half (docs/decisions/014-alignment.md).
  double phone_seconds = 0.13;
};

/// A heavily accented word may fit the text so badly that leaving it out looks likelier. So those
/// that `first` takes for left out are aligned as if they had been read. What was not there finds
/// no time between its neighbours; words that do count as read, and the recording is aligned anew
/// with them in it. Without any, or where it is settled, `first.alignment` comes back.
/// `words`: what `first` was aligned with. Fails: as Align.
Result<Alignment> LookAgain(const AlignedReading& first, std::vector<AlignWord> words,
                            const AlignConfig& align, const SecondLookConfig& config);

}  // namespace euphone
