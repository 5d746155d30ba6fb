#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/certainty.h"
#include "evaluate/rated_corpus.h"
#include "evaluate/records.h"
#include "evaluate/statistics.h"

namespace euphone {

/// What raters mark and the engine predicts.
enum class Level {
  kPhoneAccuracy,
  kWordAccuracy,
  kWordTotal,
  kWordStress,
  kSentenceAccuracy,
  kSentenceAccuracyOriginal,  ///< Against the raters' marks before a rule replaced them.
  kSentenceFluency,
  kSentenceProsodic,
  kSentenceTotal,
};
struct LevelInfo {
  Level level;
  std::string_view name;   ///< In results: part of the format.
  std::string_view title;  ///< For people.
  double top;              ///< The scale is 0 to this.
};
inline constexpr std::array<LevelInfo, 9> kLevels{{
    {Level::kPhoneAccuracy, "phone_accuracy", "Sounds", 2.0},
    {Level::kWordAccuracy, "word_accuracy", "Words: accuracy", 10.0},
    {Level::kWordTotal, "word_total", "Words: total", 10.0},
    {Level::kWordStress, "word_stress", "Words: stress", 10.0},
    {Level::kSentenceAccuracy, "sentence_accuracy", "Sentences: accuracy", 10.0},
    {Level::kSentenceAccuracyOriginal, "sentence_accuracy_before_overwrite",
     "Sentences: original accuracy", 10.0},
    {Level::kSentenceFluency, "sentence_fluency", "Sentences: fluency", 10.0},
    {Level::kSentenceProsodic, "sentence_prosodic", "Sentences: prosody", 10.0},
    {Level::kSentenceTotal, "sentence_total", "Sentences: total", 10.0},
}};

/// Groups of readers, in the order of results. A child is under 16.
inline constexpr std::array<std::string_view, 5> kGroups{"all", "child", "adult", "female", "male"};

/// Whether a reader belongs to a group; one of unknown age or gender only to "all".
bool InGroup(const RatedRecording& recording, std::string_view group);

struct EvaluationOptions {
  std::size_t draws = 1000;  ///< Of the bootstrap.
  std::uint64_t seed = 1;
  double flag_below = 5.0;  ///< A word predicted below this is flagged; 0–10.
};
inline constexpr double kLowWord = 5.0;     ///< A word rated below this is low; 0–10.
inline constexpr double kWrongPhone = 0.5;  ///< A phone rated, or predicted, below this is wrong.

/// Everything that was rated and predicted at one level.
struct LevelPairs {
  Pairs pairs;
  std::size_t not_scored = 0;  ///< Rated, but without a prediction.
};

struct GroupResult {
  std::string_view group;
  Agreement agreement;
  std::size_t not_scored = 0;
};
struct LevelResult {
  Level level;
  std::vector<GroupResult> groups;  ///< As kGroups, without those that nobody belongs to.
};

struct DetectionResult {
  Detection chosen;  ///< With the threshold that was chosen beforehand.
  Detection oracle;  ///< With the one that the ratings like best.
};

struct Coverage {
  std::size_t recordings = 0, scored = 0, withheld = 0, wrong_text = 0, unreadable = 0;
  std::size_t words = 0, words_scored = 0, phones = 0, phones_scored = 0;
  struct Missing {
    std::string utt;
    PredictionVerdict verdict;
    std::string reason;
  };
  std::vector<Missing> missing;  ///< In the corpus' order.
};

/// A wrong phone as the raters mark it, and what was heard there.
struct ConfusionRow {
  std::string expected, heard;  ///< Without stress; as PredictedWord::heard.
  std::size_t count = 0;
};

/// Counts of pairs of a recording and a text; withheld and unreadable ones are left out.
struct WrongTextResult {
  std::size_t right = 0, right_flagged = 0, wrong = 0, wrong_flagged = 0;
};

struct StabilityResult {
  std::string distortion;
  std::size_t recordings = 0;  ///< Scored before.
  std::size_t not_scored = 0;  ///< Of those, no longer.
  std::size_t words = 0;
  std::optional<double> median, p90;  ///< Absolute change of word accuracy, points of 100.
};

struct Timing {
  double audio_seconds = 0.0;
  double processor_seconds = 0.0;  ///< Of one thread.
};

/// All figures of a run.
struct Evaluation {
  std::size_t speakers = 0;
  Coverage coverage;
  std::vector<LevelResult> levels;                         ///< Those that have a pair.
  std::optional<DetectionResult> low_words, wrong_phones;  ///< Absent where nothing was rated.
  std::optional<CertaintyResult> certain_phones, certain_words;  ///< Absent without claims.
  std::vector<CalibrationBin> calibration;  ///< Word accuracy in ten bins; empty without words.
  std::optional<double> calibration_error;  ///< Points of 100.
  std::vector<ConfusionRow> confusion;      ///< Commonest first, at most 50.
  std::optional<WrongTextResult> wrong_text;
  std::vector<StabilityResult> stability;
  Timing timing;
};

/// A level's pairs of the recordings of a group. Recordings without a record count as not scored.
LevelPairs PairsOf(Level level, std::string_view group, std::span<const RatedRecording> recordings,
                   const Records& records);

/// Computes all figures. Pure and deterministic.
Evaluation Evaluate(std::span<const RatedRecording> recordings, const Records& records,
                    const EvaluationOptions& options);

}  // namespace euphone
