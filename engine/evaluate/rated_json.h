#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "evaluate/rated_corpus.h"

namespace euphone {

/// A larger file of scores is refused.
inline constexpr std::size_t kMaxScoresBytes = std::size_t{256} << 20;

/// Fills text, marks and words from an entry of scores.jsonl or scores.json; the two have the same
/// fields. Fields that are not known are ignored. Fails: kCorrupt for a field of another kind or a
/// mark outside its scale.
Status ReadMarks(const nlohmann::json& entry, RatedRecording& recording);

/// Fills name, speaker, age and gender from an entry of scores.jsonl. Fails: kCorrupt.
Status ReadSpeaker(const nlohmann::json& entry, RatedRecording& recording);

}  // namespace euphone
