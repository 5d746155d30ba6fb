#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lexicon/phone_set.h"
#include "score/analysis.h"
#include "score/evidence.h"
#include "score/prominence.h"

namespace euphone {

/// A monotone piecewise-linear curve through (x, y) points, flat outside them.
struct Curve {
  std::vector<double> x;  ///< Strictly increasing, at least two.
  std::vector<double> y;  ///< As many, never decreasing.
  double At(double value) const;
};

/// Linear model: bias + Σ weight · term.
struct LinearModel {
  double bias = 0.0;
  std::vector<double> weights;
  double At(std::span<const double> terms) const;
};

/// Lower edges of the bands on the 0–100 scale.
struct BandEdges {
  double clear = 0.0;
  double slightly_accented = 0.0;
  double hard_to_understand = 0.0;
  Band At(double score) const;
};

/// Terms of what is claimed of a phone: its score 0–100, the log-odds (natural, within ±5) that the
/// expected phone was heard, its uncertainty in points, the natural log of its length in seconds,
/// the accuracy of its word 0–100.
inline constexpr std::array<std::string_view, 5> kPhoneClaimTerms = {
    "score", "expected", "uncertainty", "log_duration", "word_accuracy"};
/// Of a word: its accuracy, its lowest phone score, its uncertainty; points.
inline constexpr std::array<std::string_view, 3> kWordClaimTerms = {"accuracy", "lowest_phone",
                                                                    "uncertainty"};

/// Logistic models of how likely raters call an item right, and wrong, and from which probability
/// on either is claimed.
struct ClaimRule {
  LinearModel right, wrong;
  double right_from = 1.0, wrong_from = 1.0;
};

/// The evidence without which nothing is claimed.
struct DiagnosisRule {
  ClaimRule phone;            ///< Over the kPhoneClaimTerms.
  ClaimRule word;             ///< Over the kWordClaimTerms.
  double name_from = 1.0;     ///< Probability from which on another phone is named.
  double nothing_from = 1.0;  ///< Probability from which on a phone is called dropped.
  double shortest_s = 0.0;    ///< In less time no other phone is named.
  double least_snr_db = 0.0;  ///< Below, nothing is claimed.
};

/// What a learned scorer's answers mean. Curves go 0–100 → 0–100; an absent one changes nothing.
struct LearnedCalibration {
  std::optional<Curve> phone, word, sentence;             ///< Accuracy of each.
  std::optional<Curve> fluency, prosody, total;           ///< Of the sentence.
  std::optional<BandEdges> phone_bands, word_bands;       ///< In place of the plain scorer's.
  std::optional<double> mispronounced_below;              ///< Likewise.
  std::optional<DiagnosisRule> diagnosis = std::nullopt;  ///< Holds for its answers alone.
};

/// From evidence to scores people gave: fitted on rated learner speech, speakers kept apart, and
/// carried by the bundle as calibration.json (docs/formats/calibration.md). Immutable.
struct Calibration {
  std::vector<LinearModel> phones;  ///< One per phone, over the EvidenceTerms.
  Curve phone_curve;                ///< Linear value → 0–100.
  LinearModel word;                 ///< Over mean and lowest phone score, 0–100.
  Curve word_curve;
  LinearModel
      sentence;  ///< Over mean word accuracy and the share of words under the mispronounced edge.
  Curve sentence_curve;
  LinearModel fluency;  ///< Over the TempoTerms.
  Curve fluency_curve;
  LinearModel prominence;          ///< Over the ProminenceTerms: how stressed a syllable sounds.
  double prominence_margin = 0.0;  ///< Stress is reported only if the winner leads by this much.
  BandEdges phone_bands;
  BandEdges word_bands;
  double mispronounced_below =
      0.0;  ///< Word accuracy under which the word's error is kMispronounced.
  /// Share of the chance fit that is taken off the fit before the next two are asked.
  double chance_share = 0.0;
  double wrong_text_below = 0.0;  ///< Nats per phone under which something else was said.
  double unsure_below = 0.0;      ///< Under which a reading is shown as "not sure"; above that.
  LearnedCalibration learned;
  std::optional<DiagnosisRule> diagnosis;  ///< Set by ForLearned; the plain scorer has none.

  /// How surely the text was read, nats per phone.
  double TextMargin(double fit, double chance_fit) const { return fit - chance_share * chance_fit; }

  /// The same with the edges of the learned scorer's scale, as far as it has its own.
  Calibration ForLearned() const;

  /// Fails: kCorrupt, naming the field.
  static Result<Calibration> Parse(std::string_view json, const PhoneSet& phone_set);
};

}  // namespace euphone
