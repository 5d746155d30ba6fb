#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "exit_code.h"

namespace euphone::cli {

struct FleetSimulation {
  std::string rollout, inventory;  ///< Files; no inventory: an invented one.
  std::size_t devices = 100'000;
  std::vector<std::string> failures;
  int days = 30, repeat = 1;
  double megabytes = 15.0, approval_hours = 4.0;
  std::uint64_t seed = 1;
  bool json = false;
};

ExitCode SimulateFleet(const FleetSimulation& options);

}  // namespace euphone::cli
