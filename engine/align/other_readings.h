#pragma once

#include <optional>
#include <span>

#include "align/align_config.h"
#include "align/alignment.h"
#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

/// A reader who stops half-way or reads twice may have so strong an accent that Align() loses its
/// way. So, where `whole` (what Align() made of the text) does not fit: the beginning of the text
/// alone, at least two fifths of its phones, and all of it twice, each forced upon the whole clip.
/// Gives the better of them, aligned as if each of its words had been said, with the words after it
/// as kOmitted, or those of the first time as kRepeated; fit and chance_fit are its own, the fit of
/// a beginning less `config.departure`: little text is found by chance more easily, twice as much
/// is not. Nothing where neither is better than `whole` by that much.
/// Pure. Other arguments and failures as those of Align.
Result<std::optional<Alignment>> AlignOtherwise(const Matrix& ctc, const Matrix& frames,
                                                std::span<const AlignWord> words,
                                                const Alignment& whole, const AlignConfig& config);

}  // namespace euphone
