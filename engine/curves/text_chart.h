#pragma once

#include <string>

#include "curves/chart.h"

namespace euphone {

struct TextChartLook {
  int width = 80;       ///< Columns; at least 40.
  int height = 18;      ///< Rows of the plot; at least 5.
  bool unicode = true;  ///< Else in ASCII alone.
  bool colour = false;  ///< With ANSI escapes.
};

/// The chart as text: what was measured as signs, curves in dots of braille (their forecasts and
/// the edges of their intervals thinner), axes with numbers, and what is told of each; no line is
/// longer than the width. Pure.
std::string TextChart(const CurveChart& chart, const TextChartLook& look);

}  // namespace euphone
