#pragma once

#include <cstddef>
#include <span>

#include "align/alignment.h"
#include "base/matrix.h"

namespace euphone {

/// The phones of the whole text, each word in the variant that `readings` have it in.
std::vector<int> WrittenPhones(std::span<const AlignWord> words, std::span<const Reading> readings);

/// How well the frames [begin, end) fit a text as written, with no way to depart from it: the
/// log-likelihood of the best CTC path through exactly these phones − that of the best path of all,
/// per phone; ≤ 0, and −∞ if there are too few frames for them. `ctc`: [frames, classes], column 0
/// the blank; `phones`: ids, column = id + 1; at least one, all with a column.
double ForcedFit(const Matrix& ctc, std::size_t begin, std::size_t end,
                 std::span<const int> phones);

/// ForcedFit of the first phone alone, of the first two, and so on up to all of them.
std::vector<double> ForcedFits(const Matrix& ctc, std::size_t begin, std::size_t end,
                               std::span<const int> phones);

/// How well a clip fits the phones of its text said backwards: what a text of these phones gets by
/// chance. The whole text in the whole clip; nats per phone, 0 at best, −100 at worst.
double ChanceFit(const Matrix& ctc, std::span<const AlignWord> words,
                 std::span<const Reading> readings);

/// How well a clip fits its text, as far as `readings` say that it was read: the best of
/// - the whole text in the whole clip;
/// - where two fifths of it were read: what was read and repeated of it, in the whole clip, less
///   `departure`: who stops half-way or starts again reads this text all the same, but a few words
///   of any text can be found in any speech;
/// - nearly the whole text, from its first to its last word, less `departure`: who says something
///   else before or after it has read it, too.
/// Nats per phone; 0 at best, −100 at worst.
double FitOf(const Matrix& ctc, std::span<const AlignWord> words, std::span<const Reading> readings,
             double departure);

}  // namespace euphone
