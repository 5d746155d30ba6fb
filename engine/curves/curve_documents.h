#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "curves/chart.h"

namespace euphone {

/// euphone.curves/1 (docs/formats/curves.md, contract/curves.schema.json).
nlohmann::ordered_json CurvesJson(const CurveChart& chart);

/// Points, fitted curves and forecasts, a line each: run,kind,x,y,low,high,count,label. What
/// ReadCurveCsv() reads.
std::string CurvesCsv(const CurveChart& chart);

}  // namespace euphone
