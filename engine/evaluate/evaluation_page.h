#pragma once

#include <span>
#include <string>

#include "evaluate/evaluation.h"
#include "evaluate/evaluation_json.h"

namespace euphone {

/// The figures as one HTML file that needs nothing else: tables, pictures as inline SVG, light and
/// dark. The pairs that are drawn come from `recordings` and `records`, of which `evaluation` is.
std::string EvaluationPage(const Evaluation& evaluation, const RunDescription& run,
                           const EvaluationOptions& options,
                           std::span<const RatedRecording> recordings, const Records& records);

}  // namespace euphone
