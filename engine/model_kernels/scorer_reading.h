#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "model/scoring_model.h"

namespace euphone {

/// Columns that DescribePhones gives beside two of features and three of posteriors.
inline constexpr std::size_t kPhoneTerms = 13;

/// What a scorer reads of each phone, as training/euphone_train/models/scorer.py describes it:
/// averages of what the acoustic model said, how sure it was of the phone and of others, how long
/// it is and where it stands. [phones, 2 feature_width + 3 classes + kPhoneTerms]. Fails: kInternal
/// for phones, spans or words that are none.
Result<Matrix> DescribePhones(const ScoringInput& input);

/// Position of each phone in its word from the front, and from the back, at most `most`.
struct WordPlaces {
  std::vector<std::size_t> front, back;
};
WordPlaces FindWordPlaces(const std::vector<std::int64_t>& words, std::size_t most);

}  // namespace euphone
