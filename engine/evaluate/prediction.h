#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evaluate/rated_corpus.h"
#include "score/analysis.h"

namespace euphone {

/// What the engine says about a word of the corpus, on the corpus' own scales.
struct PredictedWord {
  std::string text;                               ///< As the corpus writes it.
  std::optional<double> accuracy, stress, total;  ///< 0–10.
  std::vector<double> phones;                     ///< 0–2, one for each phone of the word.
  /// In step with phones: the ARPAbet that is claimed to have been said, without stress, "-" where
  /// none was, "?" where nothing is claimed; without claims what was heard most. Empty for a word
  /// that was left out.
  std::vector<std::string> heard;
  /// Absent where the scorer has no rule for claims, as in Analysis.
  std::optional<Certainty> certainty = std::nullopt;
  std::vector<Certainty> claims = {};  ///< In step with phones; empty where `certainty` is absent.
};

enum class PredictionVerdict {
  kScored,
  kWithheld,    ///< The audio allows no fair score.
  kWrongText,   ///< Something else was said.
  kUnreadable,  ///< The recording or its text cannot be used.
};

/// What the engine says about one recording.
struct Prediction {
  std::string utt;
  PredictionVerdict verdict = PredictionVerdict::kUnreadable;
  std::string reason;  ///< One line; empty where it is scored.
  std::optional<double> accuracy, fluency, prosodic, total;  ///< 0–10.
  std::vector<PredictedWord> words;  ///< Those of the corpus, in step; empty if not scored.
};

/// "scored", "withheld", "wrong_text", "unreadable": part of the formats, never changed.
std::string_view Name(PredictionVerdict verdict);

/// The text with every word's own phones, "{WORD|P H OW1 N Z} …", so that scores line up with the
/// corpus' marks; words without phones, and texts without words, are left as they are.
std::string InlineText(const RatedRecording& recording);

/// The sentence as plain text, without the corpus' phones; one that is all capitals in small
/// letters, which "US" and "us" need to be told apart.
std::string PlainText(const RatedRecording& recording);

/// Brings an analysis of InlineText(recording) to the corpus' scales; this is the one place that
/// knows how. A word that was left out gets 0, as does each of its phones. All numbers are rounded
/// to 4 decimals, as predictions are written, so that figures can be computed again from the file.
/// Fails: kInvalidArgument where words or phones do not line up.
Result<Prediction> PredictionOf(const Analysis& analysis, const PhoneSet& phones,
                                const RatedRecording& recording);

/// A recording without scores.
Prediction Unscored(const std::string& utt, PredictionVerdict verdict, std::string reason);

}  // namespace euphone
