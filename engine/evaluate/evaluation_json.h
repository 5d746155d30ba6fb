#pragma once

#include <string>

#include "evaluate/evaluation.h"

namespace euphone {

/// What a run was asked for, and with what it was made; told with its figures.
struct RunDescription {
  std::string program;               ///< "euphone 0.1.0"
  std::string model;                 ///< "name version" of the bundle.
  std::string corpus;                ///< The folder's name, without its path.
  std::string half;                  ///< "train", "test", "both", or empty.
  std::size_t limit = 0;             ///< 0: all recordings.
  bool chosen_speakers = false;      ///< Only some speakers were evaluated.
  bool wrong_text = true;            ///< Whether other texts were tried.
  std::size_t stability = 0;         ///< Recordings that were distorted.
  std::string distortions_left_out;  ///< Why one could not be made; empty if all could.
  std::size_t jobs = 1;
};

/// The document of docs/formats/evaluation.md, indented, with a line feed.
std::string EvaluationJson(const Evaluation& evaluation, const RunDescription& run,
                           const EvaluationOptions& options);

/// The same level's entry in kLevels.
const LevelInfo& InfoOf(Level level);

}  // namespace euphone
