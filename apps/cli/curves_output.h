#pragma once

#include <string>

#include "curves/chart.h"
#include "exit_code.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// Where a chart goes, and as what.
struct CurvesOutput {
  std::string format;  ///< Empty: by the file's name, else the terminal's.
  std::string file;    ///< Empty: standard output.
};

void AddCurvesOutput(CLI::App& command, CurvesOutput& output);

/// Writes it. `nothing`: what is said on a terminal instead where no line has a point.
ExitCode ShowChart(const CurveChart& chart, const CurvesOutput& output, const std::string& nothing);

}  // namespace euphone::cli
