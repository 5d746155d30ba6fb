#pragma once

#include <span>

#include "align/align_config.h"
#include "align/alignment.h"
#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

/// Finds out what was read of a text, and when. Pure: the same input gives the same bytes.
/// `ctc`: [frames, classes] natural-log CTC probabilities, column 0 the blank, column p + 1 phone
/// p; they decide what was said. `frames`: same shape, from a framewise head, column 0 silence;
/// they decide when. Both may hold −∞. Fails: kInvalidArgument (no words or frames, tables of
/// unequal shape, NaN or positive values, phones without a column, a senseless `config`), kTooLarge
/// (see BuildGraph).
Result<Alignment> Align(const Matrix& ctc, const Matrix& frames, std::span<const AlignWord> words,
                        const AlignConfig& config);

}  // namespace euphone
