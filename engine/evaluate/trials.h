#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluate/rated_corpus.h"

namespace euphone {

/// For each recording one whose text is another (at most half of the words the same) but as many
/// words long as can be found, drawn by `seed` among the nearest in length; absent where there is
/// none. What is drawn for a recording depends on the whole list.
std::vector<std::optional<std::size_t>> OtherTexts(std::span<const RatedRecording> recordings,
                                                   std::uint64_t seed);

/// `count` different indices below `size` in rising order, drawn by `seed`; all of them where there
/// are no more.
std::vector<std::size_t> DrawSample(std::size_t size, std::size_t count, std::uint64_t seed);

}  // namespace euphone
