#pragma once

#include <string>
#include <vector>

#include "lexicon/phone_set.h"

namespace euphone {

/// In what two sounds differ, most telling first: what a learner has to change.
enum class Feature {
  kKind,
  kVoice,
  kManner,
  kPlace,
  kRhotic,
  kGlide,
  kLength,
  kRounding,
  kHeight,
  kBackness
};

/// Empty for the same sound, and for two between which the table of phones knows no difference.
std::vector<Feature> DifferenceOf(const PhoneInfo& one, const PhoneInfo& other);

/// What to do to say `expected` rather than `heard`, by what the table of phones says of the first
/// difference: one sentence. For pairs that no article treats.
std::string TipFromFeatures(const PhoneInfo& expected, const PhoneInfo& heard);

}  // namespace euphone
