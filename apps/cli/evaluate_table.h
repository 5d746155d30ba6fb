#pragma once

#include <string>

#include "evaluate/evaluation.h"

namespace euphone::cli {

/// The figures in brief, for a terminal.
std::string EvaluationTable(const Evaluation& evaluation, bool colour);

}  // namespace euphone::cli
