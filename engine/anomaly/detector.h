#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "anomaly/clusters.h"
#include "anomaly/scaling.h"
#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

enum class DetectorKind {
  kKmeans,   ///< Score: distance to the nearest centroid, in scales per feature.
  kMixture,  ///< Score: minus the log density of a Gaussian mixture, per feature.
};

/// How often a score must pass the threshold before it counts.
struct AlarmRule {
  std::size_t hits = 3;     ///< An alarm begins where so many …
  std::size_t windows = 5;  ///< … of the last so many windows pass it, and ends where none does.
};

struct DetectorConfig {
  DetectorKind kind = DetectorKind::kKmeans;
  ScalingKind scaling = ScalingKind::kRobust;
  std::size_t clusters = 4;  ///< Ways of running that are normal; 1 to 64.
  double quantile = 0.995;   ///< Of normal windows, so many are to stay under the threshold …
  AlarmRule alarm;           ///< … and none of them is to raise an alarm by this rule.
};

/// What a machine is like when it runs well.
struct Detector {
  DetectorKind kind = DetectorKind::kKmeans;
  ScalingKind scaling_kind = ScalingKind::kRobust;
  Scaling scaling;
  Points centroids;         ///< kKmeans: in scaled space.
  GaussianMixture mixture;  ///< kMixture: likewise.
  double threshold = 0.0;
  double quantile = 0.0;
  std::size_t trained_on = 0;  ///< Windows.

  /// How unusual a window is; higher is stranger. `features`: one for each scale, finite.
  double Score(std::span<const float> features) const;
};

/// One feature's part in a score.
struct Contribution {
  std::size_t feature = 0;
  double share = 0.0;      ///< Of the squared distance, 0 to 1.
  double deviation = 0.0;  ///< In scales; + is more than in the way of running it is held against.
};

/// The `count` features that are farthest from normal in a window, most first. It is held against
/// the way of running that most features agree with, each being held to three deviations.
std::vector<Contribution> Explain(const Detector& detector, std::span<const float> features,
                                  std::size_t count);

inline constexpr std::size_t kFewestWindows = 30;

/// Learns from windows of normal running, one row each, in the order of time. The threshold is a
/// quantile of scores that each fifth of the time gets from a model of the other four: a model
/// knows its own windows too well. It is higher where that would have raised an alarm: a load that
/// wanders makes several windows in a row strange. Then the highest score that the rule would have
/// needed passes, with a tenth of its distance from the middle score to spare. `least_scale`: see
/// FitScaling(). Deterministic. Fails: kInvalidArgument for fewer than kFewestWindows rows or
/// options outside their ranges.
Result<Detector> Learn(const Matrix& windows, std::span<const double> least_scale,
                       const DetectorConfig& config);

/// Turns scores into alarms. One strange window is a blip.
class Alarm {
 public:
  explicit Alarm(AlarmRule rule) : rule_(rule) {}

  enum class Change { kNone, kBegins, kEnds };
  Change Push(bool above);
  bool on() const { return on_; }

 private:
  AlarmRule rule_;
  std::deque<bool> recent_;
  bool on_ = false;
};

}  // namespace euphone
