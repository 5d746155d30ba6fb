#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "bench_compare.h"
#include "bench_result.h"

namespace euphone::cli {

/// Views of what was measured; pure functions. The documents are specified in contract/
/// (docs/formats/bench.md).

/// "82.1 (80.9–83.0)".
std::string WithBounds(const Interval& interval, int decimals);

/// For a terminal.
std::string BenchTable(const BenchResult& result);
std::string ComparisonTable(const ComparisonResult& result);

/// euphone.bench/1 and euphone.bench_comparison/1.
std::string BenchJson(const BenchResult& result);
std::string ComparisonJson(const ComparisonResult& result);

/// One HTML page that needs nothing else: drawings within, for light and dark and for paper.
std::string BenchPage(const BenchResult& result);
std::string ComparisonPage(const ComparisonResult& result);

/// What should be known before the figures are believed; empty: nothing.
std::string BusyWarning(const MachineFacts& machine);

}  // namespace euphone::cli
