#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "curves/curve_fit.h"
#include "curves/series.h"

namespace euphone {

/// Whether values rise or fall in their order, whatever the shape: the Mann–Kendall test (Mann
/// 1945, Kendall 1975), with the variance that ties leave and a correction for continuity.
struct Trend {
  double z = 0.0;      ///< Above 0: they rise.
  double rises = 1.0;  ///< One-sided p: how likely so much of a rise is by chance.
  double falls = 1.0;
};
Trend TrendOf(std::span<const CurvePoint> points);

/// Where practice has stopped to change anything.
struct Plateau {
  std::size_t points = 0;  ///< The last so many, whose trend is no better than chance.
  double from_x = 0.0;     ///< The first of them.
  double mean = 0.0;       ///< Theirs, by weight.
  double expected = 0.0;   ///< Gain that the fit expects of as many practices again.
};

/// Trends are looked for in the last third of the points, at least so many of them.
inline constexpr std::size_t kPlateauPoints = 10;
inline constexpr std::size_t kMostPlateauPoints = 300;

/// A plateau is claimed where both hold: in the last points nothing gets better by the Mann–Kendall
/// test (one-sided, p ≥ 0.05), and what the fit expects of as many practices as these were is less
/// than the standard error of their mean, or there is no fit because nothing has changed. It begins
/// with the longest run of last points that has no trend. Absent, too, where there are too few
/// points. REQUIRES: `outcome` is that of these points.
std::optional<Plateau> FindPlateau(std::span<const CurvePoint> points, const CurveOutcome& outcome,
                                   const CurveScale& scale = {});

}  // namespace euphone
