#pragma once

#include <cstddef>

#include "analyze_plan.h"
#include "exit_code.h"
#include "installation.h"

namespace euphone::cli {

/// Analyses every job of the plan on `threads` threads; prints or writes the results in order, and
/// what is wrong on standard error. Gives the gravest outcome.
ExitCode RunPlan(const Plan& plan, const Engine& engine, std::size_t threads);

}  // namespace euphone::cli
