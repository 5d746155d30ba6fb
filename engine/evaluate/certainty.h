#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "evaluate/rated_corpus.h"
#include "evaluate/records.h"
#include "evaluate/statistics.h"

namespace euphone {

/// Marks by which raters agree with a claim: wrong below the first, right from the second on. A
/// phone in between is neither. A word's mark, the median of its raters, is under 5 exactly where
/// most of theirs are.
struct ClaimEdges {
  double wrong_below = 0.0, right_from = 0.0;
};
inline constexpr ClaimEdges kPhoneClaimEdges{1.0, 1.5}, kWordClaimEdges{5.0, 5.0};

/// Claims of one kind, right or wrong.
struct ClaimCount {
  std::size_t claimed = 0;
  std::size_t agreed = 0;  ///< Of those, the raters say the same.
  std::size_t rated = 0;   ///< What the raters call so, claimed or not.
};

/// What was claimed of rated items; the others are 'not sure'.
struct CertaintyResult {
  std::size_t items = 0;  ///< Rated and scored.
  ClaimCount right, wrong;
  Estimate agreement;  ///< Share of the claims that the raters agree with.
};

/// Of all phones, and of all words. Absent where the predictions claim nothing, or nothing was
/// rated.
std::optional<CertaintyResult> PhoneCertainty(std::span<const RatedRecording> recordings,
                                              const Records& records, std::size_t draws,
                                              std::uint64_t seed);
std::optional<CertaintyResult> WordCertainty(std::span<const RatedRecording> recordings,
                                             const Records& records, std::size_t draws,
                                             std::uint64_t seed);

}  // namespace euphone
