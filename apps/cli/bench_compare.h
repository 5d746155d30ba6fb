#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench_clips.h"
#include "bench_measure.h"
#include "bench_result.h"

namespace euphone::cli {

/// A program, and what it is told before `analyze`.
struct CompareSide {
  std::string name;
  std::string program;  ///< Path.
  std::vector<std::string> arguments = {};
};

struct ComparedFigure {
  std::string id, what, unit;
  double a = 0.0, b = 0.0;  ///< Medians.
  Ratio ratio;              ///< b / a, pair by pair.
};

struct ComparisonResult {
  std::string date, speech, effort;
  MachineFacts machine;
  CompareSide a, b;
  double clip_seconds = 0.0;
  std::size_t pairs = 0;
  std::vector<ComparedFigure> figures;
};

/// Processes of both in turns, A B B A …, each scoring `clip` once and then several times: what
/// opening costs, and what a further clip costs. For `seconds` and at least six pairs. Fills pairs
/// and figures. Fails: kInvalidArgument where one of the two fails, with its own words; kInternal
/// where it was stopped.
Status MeasureComparison(const BenchClip& clip, double seconds, const BenchProgress& progress,
                         ComparisonResult& result);

}  // namespace euphone::cli
