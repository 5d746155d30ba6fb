#include "bench_measure.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

#include "assembly/elapsed.h"
#include "audio/resampler.h"
#include "bench_machine.h"
#include "report/report.h"

namespace euphone::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// What is timed, in the order of the work: reading and resampling, the analyzer's own steps, the
/// document.
constexpr std::array<const char*, 10> kStepNames{"decode", "resample", "text",  "gate",   "model",
                                                 "align",  "score",    "voice", "advice", "report"};
constexpr std::size_t kOwnSteps = 2;  ///< Before the analyzer's.
constexpr std::size_t kLeastRounds = 5, kLeastTurns = 3;

Error BenchStopped() { return {Errc::kInternal, "was stopped"}; }

/// Of all threads of this process, ms.
double ProcessorMs() {
  timespec spent{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) * 1e3 + static_cast<double>(spent.tv_nsec) / 1e6;
}

/// A stop-watch that gives the time since the last look, in µs.
class Lap {
 public:
  double Take() {
    const auto now = Clock::now();
    const double us = std::chrono::duration<double, std::micro>(now - last_).count();
    last_ = now;
    return us;
  }

 private:
  Clock::time_point last_ = Clock::now();
};

Result<std::vector<float>> Resampled(const Recording& recording) {
  auto resampler = Resampler::Create(recording.rate, kRecordingRate);
  if (!resampler) return resampler.error();
  std::vector<float> samples;
  if (auto status = resampler->Push(recording.samples, samples); !status) return status.error();
  if (auto status = resampler->Finish(samples); !status) return status.error();
  return samples;
}

/// One clip from bytes to JSON, with the time of each step.
class StepTimer {
 public:
  explicit StepTimer(const Engine& engine)
      : phones_(engine.phones()), analyzer_(engine.analyzer.Watched([this](AnalysisStep step) {
          steps_[kOwnSteps + static_cast<std::size_t>(step)] = lap_.Take();
        })) {}
  StepTimer(const StepTimer&) = delete;
  StepTimer& operator=(const StepTimer&) = delete;

  Status Run(std::span<const std::byte> file, const std::string& text) {
    lap_.Take();
    auto recording = ReadRecording(file, "clip", {.keep_up_to = SampleRate{kBenchFileRate}});
    if (!recording) return recording.error();
    steps_[0] = lap_.Take();
    auto samples = Resampled(*recording);
    if (!samples) return samples.error();
    recording->samples = *std::move(samples);
    recording->rate = kRecordingRate;
    steps_[1] = lap_.Take();
    const auto analysis = analyzer_.Analyze(*recording, text, "clip");
    if (!analysis) return analysis.error();
    if (analysis->verdict != Verdict::kScored)
      return Error{Errc::kInvalidArgument, "the clip is not scored; choose another recording"};
    lap_.Take();
    characters_ += WriteJson(*analysis, phones_, {}).size();
    steps_.back() = lap_.Take();
    return {};
  }

  const std::array<double, kStepNames.size()>& steps() const { return steps_; }

 private:
  const PhoneSet& phones_;
  Lap lap_;
  std::array<double, kStepNames.size()> steps_{};
  std::size_t characters_ = 0;
  Analyzer analyzer_;
};

EnergyResult EnergyOf(double joules, bool measured, double clips, double seconds,
                      double processor_s, double watts_per_core) {
  EnergyResult energy{
      .joules_per_clip = joules / clips, .watts = 0.0, .measured = measured, .how = {}};
  if (measured) {
    energy.watts = joules / seconds;
    energy.how = "measured by the processor's own meter (RAPL), all that it did meanwhile included";
  } else {
    energy.joules_per_clip = watts_per_core * processor_s / clips;
    energy.watts = watts_per_core * processor_s / seconds;
    energy.how = fmt::format(
        "estimated: processor time at {:g} W a busy core, an assumption (--watts-per-core)",
        watts_per_core);
  }
  return energy;
}

/// ms; nothing where it is not scored.
Result<std::optional<double>> TimeOne(const Engine& engine, const BenchClip& clip,
                                      const Recording& recording) {
  const auto start = Clock::now();
  const auto analysis = engine.analyzer.Analyze(recording, clip.text, "");
  if (!analysis) return analysis.error();
  const double ms = MillisSince(start);
  return analysis->verdict == Verdict::kScored ? std::optional(ms) : std::nullopt;
}

}  // namespace

Status MeasureLatency(const Engine& engine, const BenchClip& clip, double seconds,
                      double watts_per_core, const BenchProgress& progress, BenchResult& result) {
  const auto file = BenchFile(clip);
  if (!file) return file.error();
  const auto bytes = std::as_bytes(std::span(*file));
  StepTimer timer(engine);
  if (auto status = timer.Run(bytes, clip.text); !status) return status;  // Warms up.
  std::vector<std::vector<double>> steps(kStepNames.size());
  EnergyMeter meter;
  const double processor = ProcessorMs();
  const auto began = Clock::now();
  double passed = 0.0;
  while (passed < seconds || result.latencies_ms.size() < kLeastRounds) {
    const auto start = Clock::now();
    if (auto status = timer.Run(bytes, clip.text); !status) return status;
    result.latencies_ms.push_back(MillisSince(start));
    for (std::size_t i = 0; i < steps.size(); ++i) steps[i].push_back(timer.steps()[i]);
    passed = MillisSince(began) / 1000.0;
    if (!progress(std::min(1.0, passed / seconds))) return BenchStopped();
  }
  const auto count = static_cast<double>(result.latencies_ms.size());
  const double spent_s = (ProcessorMs() - processor) / 1000.0;
  result.processor_ms = 1000.0 * spent_s / count;
  result.latency_ms = SpreadOf(result.latencies_ms);
  result.clip_seconds = clip.seconds;
  for (std::size_t i = 0; i < steps.size(); ++i)
    result.steps.push_back({kStepNames[i], QuantileOf(steps[i], 0.5)});
  result.energy = EnergyOf(meter.Spent(), meter.there(), count, passed, spent_s, watts_per_core);
  return {};
}

Status MeasureSweep(const InstallationOptions& installation, const std::vector<BenchClip>& clips,
                    const std::vector<int>& threads, double seconds, const BenchProgress& progress,
                    BenchResult& result) {
  std::vector<Recording> recordings;
  for (const BenchClip& clip : clips) recordings.push_back({.samples = clip.samples, .source = {}});
  for (std::size_t t = 0; t < threads.size(); ++t) {
    InstallationOptions options = installation;
    options.threads = threads[t];
    const auto engine = OpenEngine(options, {});
    if (!engine) return engine.error();
    std::vector<std::vector<double>> factors(clips.size());
    std::vector<bool> scored(clips.size(), true);
    const auto began = Clock::now();
    double passed = 0.0;
    for (std::size_t turn = 0; passed < seconds || turn <= kLeastTurns; ++turn) {
      for (std::size_t c = 0; c < clips.size(); ++c) {
        if (!scored[c]) continue;
        const auto ms = TimeOne(*engine, clips[c], recordings[c]);
        if (!ms) return ms.error();
        scored[c] = ms->has_value();
        if (turn > 0 && *ms) factors[c].push_back(**ms / (1000.0 * clips[c].seconds));
      }
      passed = MillisSince(began) / 1000.0;
      const double part = static_cast<double>(t) + std::min(1.0, passed / seconds);
      if (!progress(part / static_cast<double>(threads.size()))) return BenchStopped();
    }
    for (std::size_t c = 0; c < clips.size(); ++c) {
      if (factors[c].empty()) {
        if (t == 0)
          result.notes.push_back(
              fmt::format("a clip of {:g} s is not scored, so not timed", clips[c].seconds));
        continue;
      }
      result.sweep.push_back(
          {threads[t], clips[c].seconds, factors[c].size(), QuantileOf(factors[c], 0.5)});
    }
  }
  return {};
}

}  // namespace euphone::cli
