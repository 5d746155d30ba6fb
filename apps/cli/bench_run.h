#pragma once

#include <string>
#include <vector>

#include "bench_compare.h"
#include "exit_code.h"
#include "installation.h"

namespace euphone::cli {

enum class BenchEffort { kQuick, kNormal, kFull };  ///< About 10 s, a minute, 5 minutes.

struct BenchOutputs {
  std::string json, html;  ///< Files; "-" of json: standard output; empty: none.
};

/// What all ways of measuring are asked.
struct BenchAsk {
  BenchEffort effort = BenchEffort::kNormal;
  std::string recording, text;  ///< Empty: a text that our own voice says.
  BenchOutputs out;
};

/// `euphone bench`: this machine.
struct MachineAsk : BenchAsk {
  double watts_per_core = 5.0;
  std::string corpus, speakers;  ///< As for evaluate; empty: no accuracy.
  std::size_t limit = 0;
};
ExitCode BenchMachine(const MachineAsk& ask, const InstallationOptions& installation);

/// `euphone bench compare`: another program, or two bundles.
struct CompareAsk : BenchAsk {
  std::string against;
  std::vector<std::string> bundles;
};
ExitCode BenchCompare(const CompareAsk& ask, const InstallationOptions& installation);

}  // namespace euphone::cli
