#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "curves/series.h"

namespace euphone {

/// How what is measured gets better with practice. x counts practices before; y nears `limit`:
///   power law     y = limit + gap · (x + 1)^−rate       (Newell and Rosenbloom 1981)
///   exponential   y = limit + gap · e^(−rate · x)       (Heathcote, Brown and Mewhort 2000)
enum class CurveShape { kPower, kExponential };

/// What bounds a fit.
struct CurveScale {
  Better better = Better::kHigher;
  double best = 100.0;  ///< Nobody gets beyond it.
  double worst = 0.0;   ///< Nor below it, where what is told stays on the scale.
  std::uint64_t seed = 1;
};

/// One curve of one shape.
struct CurveParameters {
  CurveShape shape = CurveShape::kPower;
  double limit = 0.0, gap = 0.0, rate = 0.0;

  double At(double x) const;
};

/// With its 95 % interval.
struct CurveValue {
  double value = 0.0, low = 0.0, high = 0.0;
};

/// After how many more practices; infinite: never.
struct CurveWait {
  double median = 0.0, low = 0.0, high = 0.0;
};

struct CurveFit {
  CurveParameters curve = {};  ///< Least squares, of the better shape.
  double spread = 0.0;         ///< Standard deviation of one practice around it.
  double weight = 0.0;         ///< Practices that it was fitted to.
  double now = 0.0;            ///< x after all of them.
  std::size_t points = 0;
  /// Corrected Akaike criterion, less is better: of either shape, and of no change at all. Infinite
  /// where a shape cannot be fitted.
  double power = 0.0, exponential = 0.0, level = 0.0;
  std::vector<CurveParameters> draws =
      {};  ///< Curves that the data allow, each as likely as the other.
  CurveScale scale = {};

  /// The interval is that of the curve: where the mean of many practices would lie, not one.
  CurveValue At(double x) const;
  /// How much is still to be gained in so many practices.
  CurveValue GainIn(double practices) const;
  CurveWait Until(double y) const;
};

/// Why there is no curve.
enum class NoCurve {
  kTooFew,    ///< Fewer points or practices than kFewestPoints and kFewestPractices.
  kNoChange,  ///< By Akaike's criterion a mean that never changes is as good.
  kWorse,     ///< It gets worse.
};

struct CurveOutcome {
  std::optional<CurveFit> fit;
  std::optional<NoCurve> why;  ///< Exactly where there is no fit.
  CurveValue mean;             ///< Of all practices; of the few that there are, too.
};

inline constexpr std::size_t kFewestPoints = 8;
inline constexpr double kFewestPractices = 20.0;

/// Fits both shapes by least squares weighted by practices, and takes the one with the smaller
/// corrected Akaike criterion (Burnham and Anderson 2002). Intervals come from 800 curves drawn
/// from what the data leave open: of either shape, as often as its Akaike weight says; its rate on
/// a grid, by likelihood; first and last value of the curve given the rate as in any linear
/// regression (Gelman and others 2013, ch. 14), without those that leave the scale. Pure: same
/// points, same seed, same draws. REQUIRES: `points` as Cleaned() leaves them. Milliseconds at
/// most.
CurveOutcome FitCurve(std::span<const CurvePoint> points, const CurveScale& scale = {});

}  // namespace euphone
