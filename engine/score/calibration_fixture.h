#pragma once

#include <string>

#include "lexicon/phone_set.h"
#include "score/evidence.h"
#include "score/tempo.h"

namespace euphone::testing {

/// Two phones are enough to score with: a vowel and a consonant.
inline PhoneSet TwoPhones() {
  return *PhoneSet::Parse(R"({"name": "two", "language": "en-US", "phones": [
      {"arpabet": "AA", "ipa": "ɑ", "kind": "vowel"},
      {"arpabet": "B", "ipa": "b", "kind": "consonant", "manner": "plosive", "place": "bilabial", "voiced": true}]})");
}

/// A calibration for TwoPhones(): a phone's score is 100 + 10 · ctc_ratio within 0–100, a word's
/// the mean of its phones', a sentence's the mean of its words', fluency is 10 · speech_rate.
inline std::string SimpleCalibration() {
  return R"({"schema_version": 1,
    "phone": {"terms": ["ctc_posterior", "ctc_ratio", "frame_posterior", "frame_ratio", "frame_share", "log_duration"],
              "models": {"AA": {"bias": 100, "weights": [0, 10, 0, 0, 0, 0]}, "B": {"bias": 100, "weights": [0, 10, 0, 0, 0, 0]}},
              "curve": {"x": [0, 100], "y": [0, 100]},
              "bands": {"clear": 90, "slightly_accented": 60, "hard_to_understand": 30}},
    "word": {"bias": 0, "weights": [1, 0], "curve": {"x": [0, 100], "y": [0, 100]}, "mispronounced_below": 60,
             "bands": {"clear": 90, "slightly_accented": 60, "hard_to_understand": 30}},
    "sentence": {"bias": 0, "weights": [1, 0], "curve": {"x": [0, 100], "y": [0, 100]}},
    "fluency": {"terms": ["speech_rate", "articulation_rate", "pause_ratio", "log_mean_run", "disfluencies", "accuracy"],
                "bias": 0, "weights": [10, 0, 0, 0, 0, 0], "curve": {"x": [0, 100], "y": [0, 100]}},
    "prominence": {"terms": ["log_duration", "level_db", "pitch_semitones"], "bias": 0, "weights": [1, 0, 0], "margin": 0.1},
    "text": {"wrong_below": -3.0, "unsure_below": -2.5}})";
}

}  // namespace euphone::testing
