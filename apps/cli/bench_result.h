#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench_statistics.h"

namespace euphone::cli {

/// The machine that was measured, and what else it did.
struct MachineFacts {
  std::string processor, system, governor;  ///< Empty where the system does not tell.
  unsigned cores = 1;
  double memory_mb = 0.0;
  double load_before = 0.0, load_after = 0.0;  ///< Processes that wanted to run, mean of a minute.
  /// Whether others wanted the processor before the first measurement: then times are too long.
  bool busy() const { return load_before > 0.3 * cores; }
};

/// Speech of a known length.
struct SweepCell {
  int threads = 1;
  double seconds = 0.0;
  std::size_t count = 0;
  Interval real_time_factor;  ///< Median; seconds to score a second of speech.
};

struct StepTime {
  std::string name;
  Interval us;  ///< Median.
};

struct MemoryPoint {
  double at_s = 0.0, resident_mb = 0.0;
  std::optional<double> proportional_mb;  ///< Shared pages counted by their share.
};

/// A process that scores the same clip again and again.
struct MemoryResult {
  std::size_t analyses = 0;
  std::vector<MemoryPoint> points;
  double peak_mb = 0.0;
  /// How far the median of the last third lies above that of the second one, per cent; absent for
  /// too few points.
  std::optional<double> growth_percent;
};

/// From a process' start to its end, in which it opens everything and scores one clip.
struct StartResult {
  std::optional<double> cold_ms;  ///< With models and lexicon out of the page cache.
  Spread warm_ms;
};

struct EnergyResult {
  double joules_per_clip = 0.0, watts = 0.0;
  bool measured = false;  ///< By the processor's own meter; else estimated.
  std::string how;
};

/// How soon a word is judged while somebody speaks.
struct LiveResult {
  std::size_t words = 0;
  Spread word_ms;
};

struct AccuracyResult {
  std::string corpus;
  std::optional<double> phone_pcc, word_pcc, sentence_pcc;
};

/// All that `euphone bench` finds.
struct BenchResult {
  std::string date, program, model, speech;  ///< Speech: what was scored.
  std::string effort;                        ///< "quick", "normal", "full".
  MachineFacts machine;
  double model_mb = 0.0, open_ms = 0.0, clip_seconds = 0.0;
  std::vector<double> latencies_ms;  ///< Each of the clip, one thread, in their order.
  Spread latency_ms;
  double processor_ms = 0.0;  ///< Mean of a clip.
  std::vector<StepTime> steps;
  std::vector<SweepCell> sweep;
  StartResult start;
  MemoryResult memory;
  EnergyResult energy;
  std::optional<LiveResult> live;
  std::optional<AccuracyResult> accuracy;
  std::vector<std::string> notes;  ///< What could not be measured, and why.
};

}  // namespace euphone::cli
