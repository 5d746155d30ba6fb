#pragma once

#include <cstddef>
#include <vector>

#include "align/alignment.h"

namespace euphone {

/// Turns the visits of a search (in time order, broken-off words as kRepeated, no omitted words)
/// into the readings of an Alignment. As many words as possible become kRead, in text order; of
/// several visits to a word the last one counts and the others are kRepeated; words without one are
/// added as kOmitted. Inserted speech of fewer than `inserted_phones` phones is left out.
std::vector<Reading> ResolveVisits(std::vector<Reading> visits, std::size_t word_count,
                                   std::size_t inserted_phones);

}  // namespace euphone
