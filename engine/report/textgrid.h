#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Samples [begin, end) and what is written there.
struct TextGridInterval {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::string label;
};

struct TextGridTier {
  std::string_view name;
  std::vector<TextGridInterval> intervals;  ///< In order of time.
};

/// Praat's long text format of a recording of so many samples. Intervals that overlap the one
/// before are cut; gaps become empty intervals. Pure.
std::string TextGridOf(const std::vector<TextGridTier>& tiers, std::int64_t samples,
                       SampleRate rate);

}  // namespace euphone
