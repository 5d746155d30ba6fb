#pragma once

#include <string>
#include <vector>

#include "curves_output.h"
#include "curves_runs.h"
#include "exit_code.h"
#include "installation.h"
#include "store_access.h"

namespace euphone::cli {

struct LearnerCurves {
  std::string learner;
  std::vector<std::string> sounds;  ///< ARPAbet or IPA; none: all in one.
  std::string by = "auto";
  int days = 0;  ///< The last so many; 0: all.
  double forecast = 20.0, target = 80.0;
  CurvesOutput output;
  StoreOptions store;
};
ExitCode ShowLearnerCurves(const LearnerCurves& options, const InstallationOptions& installation);

struct ComparedCurves {
  std::string a, b;  ///< NAME or NAME:SOUND each, or two paths of runs.
  LearnerCurves learner;
  RunCurves runs;  ///< How two runs are drawn.
};
ExitCode ShowComparedCurves(const ComparedCurves& options, const InstallationOptions& installation);

}  // namespace euphone::cli
