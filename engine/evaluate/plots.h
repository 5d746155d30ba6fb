#pragma once

#include <span>
#include <string>
#include <string_view>

#include "evaluate/evaluation.h"

namespace euphone {

/// Pictures of a report as inline SVG: no script, no font, no colour of their own; the page's
/// classes give those. Each carries a title and a description for those who cannot see it. Pure.

/// Predictions across, ratings up, stronger where there are more; the diagonal is agreement.
std::string DensityPlot(const Pairs& pairs, const LevelInfo& level);

/// Mean rating over mean prediction of each bin; the discs' areas are their counts.
std::string CalibrationPlot(std::span<const CalibrationBin> bins, double top);

/// Pearson's correlation of each group of readers with its interval.
std::string GroupPlot(const LevelResult& result);

/// "&", "<", ">" and quotes as entities.
std::string Escaped(std::string_view text);

}  // namespace euphone
