#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "labels/labels.h"

namespace euphone {

/// How two tiers about the same recording agree: labels are set against each other in their order
/// with the fewest changes (weighted Levenshtein), capitals and stress digits aside, and the edges
/// of those that say the same are compared.
struct LabelAgreement {
  std::size_t same = 0;        ///< Labels that say the same.
  std::size_t different = 0;   ///< That stand against each other and say something else.
  std::size_t only_first = 0;  ///< That have nothing against them.
  std::size_t only_second = 0;
  /// How far the edges lie apart, begins and ends of `same`, in milliseconds, in rising order.
  std::vector<double> apart_ms;

  double MedianMs() const;              ///< 0 where nothing is the same.
  double ShareWithin(double ms) const;  ///< 0–1; 0 where nothing is the same.
};

/// Empty labels do not count. Pure. Fails: kTooLarge over 100 million pairs.
Result<LabelAgreement> CompareTiers(const LabelTier& first, const LabelTier& second);

}  // namespace euphone
