#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace euphone {

/// A day of practice on a learner's own curve.
struct PractisedDay {
  double takes_before = 0.0;  ///< How many takes came before its middle.
  double score = 0.0;         ///< Mean of its takes, 0–100.
  double takes = 0.0;         ///< Scored ones: its weight.
};

/// The power law of practice: after n takes the expected score is
///   top − gap · (n + 1)^−rate
/// (Newell and Rosenbloom 1981), fitted by least squares weighted by takes.
struct LearningCurve {
  double top = 0.0, gap = 0.0, rate = 0.0;
  double spread = 0.0;  ///< Standard deviation of a single take's score around it.
  double takes = 0.0;   ///< That it was fitted to.
  /// What it predicts, with the standard error of the prediction: the fit's uncertainty, without
  /// how single days differ.
  struct Prediction {
    double score = 0.0, error = 0.0;
  };
  Prediction now;    ///< After all these takes.
  Prediction later;  ///< After as many again as the last 28 days had; see FitLearningCurve.

  double At(double takes_before) const;
};

/// Fits it to days in their order. `further`: takes that `later` adds. Absent where it would claim
/// more than is known: fewer than five days or 20 takes, or a fit no better than a mean that never
/// changes (by Akaike's criterion), or scores that fall. Pure.
std::optional<LearningCurve> FitLearningCurve(std::span<const PractisedDay> days, double further);

}  // namespace euphone
