#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone {

/// The best mark of a word or a sentence; that of a phone is 2.
inline constexpr double kBestMark = 10.0;

/// A word of a corpus with its raters' marks; what the corpus does not have is absent.
struct RatedWord {
  std::string text;                    ///< As the corpus writes it.
  std::vector<std::string> phones;     ///< ARPAbet, vowels with a stress digit; may be empty.
  std::vector<double> phone_accuracy;  ///< 0–2 for each phone; empty where nobody rated them.
  std::optional<double> accuracy, stress, total;  ///< 0–10.
};

/// A recording of a corpus with its raters' marks.
struct RatedRecording {
  std::string utt;
  std::string text;
  std::string speaker;  ///< The recording's own name where the corpus tells no speaker.
  std::optional<int> age;
  std::string gender;           ///< "m", "f" or what the corpus says, in lower case; may be empty.
  std::filesystem::path audio;  ///< May not exist: reading it will tell.
  std::optional<double> accuracy, fluency, prosodic, total;  ///< 0–10.
  /// Median of the raters' own marks, where the corpus keeps them beside an accuracy that a rule
  /// replaced; 0–10.
  std::optional<double> accuracy_before_overwrite;
  std::vector<RatedWord> words;  ///< May be empty.
};

/// Halves of speechocean762 as it is published.
enum class CorpusHalf {
  kDefault,  ///< The test half where there is one: models have been trained on the other.
  kTrain,
  kTest,
  kBoth,
};

/// Reads a rated corpus in either of two layouts (docs/formats/evaluation.md): the compact one,
/// scores.jsonl and audio/, or speechocean762 as unpacked from OpenSLR 101, resource/scores.json
/// with train/ and test/. Recordings come in the corpus' own order, each name once; their audio is
/// not opened. Fails with one line that names file and line or recording: kNotFound, kIo, kCorrupt,
/// kTooLarge; kInvalidArgument for a half that the corpus does not have.
Result<std::vector<RatedRecording>> ReadRatedCorpus(const std::filesystem::path& folder,
                                                    CorpusHalf half);

}  // namespace euphone
