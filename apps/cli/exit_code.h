#pragma once

#include "base/result.h"

namespace euphone::cli {

/// What the program's exit status means; listed in the manual.
enum class ExitCode {
  kOk = 0,
  kBadInput = 1,   ///< A recording or text cannot be used.
  kUsage = 2,      ///< The command line makes no sense.
  kNotScored = 3,  ///< Read, but no fair score is possible: silence, noise, another text.
  kBroken = 4,     ///< The installation is incomplete or damaged; see `euphone doctor`.
  kInterrupted = 130,
};

/// Prints "euphone: MESSAGE" as one line on standard error (line breaks and control characters
/// become spaces) and gives the exit code that fits the error.
ExitCode Report(const Error& error);
void ReportLine(const std::string& message);

}  // namespace euphone::cli
