#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "bench_clips.h"
#include "bench_measure.h"
#include "bench_result.h"

namespace euphone::cli {

/// What a child is told of the installation: --data, --model and so on; nothing of what is as
/// usual, so that other versions understand it too.
std::vector<std::string> PlainArguments(const InstallationOptions& installation);

/// Processes from their start to their end, each scoring `clip` once: the first with the models and
/// the lexicon out of the page cache, as far as the system lets go of them. REQUIRES: this process
/// has them not open. Fails: kInternal where a process fails, or it was stopped.
Result<StartResult> MeasureStarts(const InstallationOptions& installation, const BenchClip& clip,
                                  std::size_t rounds, const BenchProgress& progress);

/// A process that scores `clip` `analyses` times; its memory is looked at about 20 times a second.
/// Fails: as above.
Result<MemoryResult> MeasureMemory(const InstallationOptions& installation, const BenchClip& clip,
                                   std::size_t analyses, const BenchProgress& progress);

/// `clip` played in real time to `euphone live`. Nothing where the bundle hears no live speech.
Result<std::optional<LiveResult>> MeasureLive(const InstallationOptions& installation,
                                              const BenchClip& clip, std::size_t rounds,
                                              const BenchProgress& progress);

}  // namespace euphone::cli
