#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "telemetry/score_shift.h"

namespace euphone {

inline constexpr std::array<std::string_view, 3> kScoreUnits = {"phone", "word", "sentence"};

/// How a bundle scores readers that its training has not heard: what a fleet's scores are compared
/// with. A file of the bundle (role "reference"), docs/formats/bundle.md.
struct ScoreReference {
  std::string data = {};     ///< Who read, in words: "so762-train, 25 held-out speakers".
  std::size_t speakers = 0;  ///< At least 2.
  std::array<ScoreSample, 3> units = {};  ///< By kScoreUnits.

  bool operator==(const ScoreReference&) const = default;
};

inline constexpr std::size_t kMostReferenceBytes = std::size_t{16} << 10;

/// euphone.reference/1.
std::string ToJson(const ScoreReference& reference);
/// Fails: kTooLarge, kCorrupt, kUnsupported (another schema), kInvalidArgument naming the field.
Result<ScoreReference> ReadScoreReference(std::string_view text);

}  // namespace euphone
