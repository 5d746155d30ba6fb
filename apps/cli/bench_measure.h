#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench_clips.h"
#include "bench_result.h"
#include "installation.h"

namespace euphone::cli {

/// Told how far it is, 0 to 1; false: stop.
using BenchProgress = std::function<bool(double)>;

/// One clip again and again, from its file's bytes to the finished JSON document, for `seconds`
/// and at least five times. Fills latencies, steps, processor_ms, and energy. Fails: as reading and
/// analysing do; kInvalidArgument where it is not scored; kInternal where it was stopped.
Status MeasureLatency(const Engine& engine, const BenchClip& clip, double seconds,
                      double watts_per_core, const BenchProgress& progress, BenchResult& result);

/// How the time grows with the length, for each number of threads: turn by turn over the lengths,
/// `seconds` for a number of threads and at least three turns. What is not scored is told in
/// `notes`. Fails: as above.
Status MeasureSweep(const InstallationOptions& installation, const std::vector<BenchClip>& clips,
                    const std::vector<int>& threads, double seconds, const BenchProgress& progress,
                    BenchResult& result);

}  // namespace euphone::cli
