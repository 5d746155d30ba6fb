#pragma once

#include <string>
#include <vector>

#include "rollout/simulation.h"

namespace euphone::cli {

/// What came of a simulated rollout, for people: its waves, how fast it went, what it broke, and a
/// chart of it; of several runs the ranges. REQUIRES: at least one result.
std::string FleetPage(const RolloutPlan& plan, const std::vector<SimulationResult>& results);

}  // namespace euphone::cli
