#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "telemetry/histogram.h"

namespace euphone {

/// Whether scores are still distributed as they were: two histograms are compared, of which neither
/// consists of independent draws, since sounds of one learner resemble each other. How much that
/// takes from a histogram is measured between its clusters (speakers, devices).

/// A distribution and what its counts are worth.
struct ScoreSample {
  std::vector<double> counts = {};  ///< By bucket of kScoreBounds.
  /// So many independent draws would have shares that vary as much, on the mean over buckets …
  double effective = 0.0;
  /// … and so many a mean score: fewer, for learners differ in their level most of all.
  double effective_level = 0.0;
  /// Intraclass correlation: how much scores of a cluster have in common, 0–1.
  double likeness = 0.0;

  bool operator==(const ScoreSample&) const = default;
};

inline constexpr std::size_t kEnoughClusters = 8;

/// Of histograms that each are one cluster's. What they are worth less is the design effect: of
/// shares that of J. N. K. Rao and A. J. Scott ("The analysis of categorical data from complex
/// sample surveys", JASA 1981), of the level likewise, both from the variance between clusters. The
/// level's is at least, and both are where there are fewer than kEnoughClusters, L. Kish's (1965)
/// from `likeness`, which a reference tells: 1 + (n − 1)·likeness for clusters of n draws, large
/// ones counting for more.
ScoreSample SampleOf(std::span<const Histogram> clusters, double likeness);

struct ScoreShift {
  /// Population stability index: Σ (p − q)·ln(p / q) over buckets that are joined until each holds
  /// a twentieth of the reference; 0.1 is usually called a small change, 0.25 a large one.
  double psi = 0.0;
  double psi_chance = 0.0;  ///< What it is on the mean where nothing has changed.
  /// How likely a psi as large is by chance. For independent draws it is as χ² (B. Yurdakul,
  /// "Statistical properties of population stability index", 2018); for clusters a sum of χ² with
  /// weights, one for the level and others, taken together as F. E. Satterthwaite (1946) does.
  double psi_p = 1.0;
  /// Kolmogorov and Smirnov's greatest distance of the shares up to an edge, 0–1, and how likely it
  /// is by chance: M. A. Stephens' (1970) approximation, which errs towards chance where values
  /// lie in buckets.
  double ks = 0.0;
  double ks_p = 1.0;
  bool enough =
      false;  ///< Both have a level worth kLeastEffective; else nothing should be made of it.

  /// What an alert looks at: how much of a change there is beyond chance, in psi, 0 where chance
  /// may well have made it, or where there is not enough to go by.
  double evident() const;
};

inline constexpr double kLeastEffective = 20.0;
inline constexpr double kChanceOfShift = 0.001;  ///< More likely than that by chance is no news.
inline constexpr double kLeastKs = 0.1;

ScoreShift CompareScores(const ScoreSample& reference, const ScoreSample& now);

}  // namespace euphone
