#pragma once

#include <span>

#include "base/matrix.h"

namespace euphone {

/// How well a clip fits a text as written, with no way to depart from it: the log-likelihood of the
/// best CTC path through exactly these phones − that of the best path of all, per phone; ≤ 0, and
/// −∞ if the clip is too short for them. `ctc`: [frames, classes], column 0 the blank; `phones`:
/// ids, column = id + 1; at least one, all with a column.
double ForcedFit(const Matrix& ctc, std::span<const int> phones);

}  // namespace euphone
