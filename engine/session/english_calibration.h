#pragma once

#include <cstddef>
#include <string>

#include "lexicon/phone_set.h"

namespace euphone::testing {

/// Calibration of the English set: a phone's score is 100 + 10 · ctc_ratio within 0–100, a word's
/// the mean.
inline std::string EnglishCalibration(const PhoneSet& phones) {
  std::string models;
  for (std::size_t id = 0; id < phones.size(); ++id) {
    models += (id == 0 ? "\"" : ", \"") + phones.info(static_cast<PhoneId>(id)).arpabet +
              R"(": {"bias": 100, "weights": [0, 10, 0, 0, 0, 0]})";
  }
  const std::string scale = R"("curve": {"x": [0, 100], "y": [0, 100]})";
  const std::string bands =
      R"("bands": {"clear": 90, "slightly_accented": 60, "hard_to_understand": 30})";
  return R"({"schema_version": 1, "phone": {"terms": ["ctc_posterior", "ctc_ratio", "frame_posterior",
      "frame_ratio", "frame_share", "log_duration"], "models": {)" +
         models + "}, " + scale + ", " + bands + R"(}, "word": {"bias": 0, "weights": [1, 0],
      "mispronounced_below": 60, )" +
         scale + ", " + bands + R"(}, "sentence": {"bias": 0, "weights": [1, 0], )" + scale +
         R"(}, "fluency": {"terms": ["speech_rate", "articulation_rate", "pause_ratio", "log_mean_run",
      "disfluencies", "accuracy"], "bias": 0, "weights": [0, 0, 0, 0, 0, 1], )" +
         scale +
         R"(}, "prominence": {"terms": ["log_duration", "level_db", "pitch_semitones"], "bias": 0,
      "weights": [1, 0, 0], "margin": 0}, "text": {"wrong_below": -4.0, "unsure_below": -3.9}})";
}

}  // namespace euphone::testing
