#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/prediction.h"

namespace euphone {

/// What a run finds out about one recording, each kept as a line of JSON, so that a run that was
/// stopped can go on. Lines are private to the program that wrote them; predictions are a format.

/// Its scores.
struct ScoredRecord {
  Prediction prediction;
  double audio_seconds = 0.0;
  double processor_seconds = 0.0;  ///< Of one thread, from opening the recording to its scores.
};

/// Its own text and another one's, both without vouching for either.
struct TextRecord {
  std::string utt;
  std::string other;  ///< The recording whose text it was held against.
  PredictionVerdict own_text = PredictionVerdict::kUnreadable;
  PredictionVerdict other_text = PredictionVerdict::kUnreadable;
};

/// Its words under every distortion.
struct StabilityRecord {
  std::string utt;
  /// By the distortion's name: word accuracies in step with the corpus' words, 0–100; none where
  /// the distorted recording is not scored.
  std::map<std::string, std::optional<std::vector<double>>> words;
};

/// One line of predictions with a line feed (docs/formats/evaluation.md).
std::string PredictionLine(const Prediction& prediction);

/// One line, without a line feed.
std::string RecordLine(const ScoredRecord& record);
std::string RecordLine(const TextRecord& record);
std::string RecordLine(const StabilityRecord& record);

/// All records of a part file by the recording's name.
struct Records {
  std::map<std::string, ScoredRecord> scored;
  std::map<std::string, TextRecord> texts;
  std::map<std::string, StabilityRecord> stability;

  /// Takes in a line; false, and nothing taken, where it is not whole: what a killed run leaves.
  bool Take(std::string_view line);
};

}  // namespace euphone
