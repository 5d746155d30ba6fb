#pragma once

#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "base/matrix.h"

namespace euphone {

/// Replaces the CTC spikes in `readings` (ordered, not overlapping, within the frames) by the
/// frames in which each phone was spoken: a Viterbi search over `frames` [frames, classes],
/// natural-log, column 0 silence, with optional silence before and after each phone. Spans of
/// readings follow their phones; omitted words move to the end of the reading before them. Where
/// `frames` says little, boundaries fall midway between the spikes.
void PlaceBoundaries(const Matrix& frames, const BoundaryConfig& config,
                     std::vector<Reading>& readings);

}  // namespace euphone
