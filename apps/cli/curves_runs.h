#pragma once

#include <string>
#include <vector>

#include "curves_output.h"
#include "exit_code.h"

namespace euphone::cli {

struct RunCurves {
  std::vector<std::string> paths;  ///< Files of CSV or events, or folders with such.
  std::string metric;              ///< Its name, or what is in it; empty: a loss, else the first.
  std::string better = "auto";
  bool logarithmic = false, compare = false;
  CurvesOutput output;
};
ExitCode ShowRunCurves(const RunCurves& options);

}  // namespace euphone::cli
