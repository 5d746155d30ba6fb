#include "assembly/device_trials.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "assembly/elapsed.h"

namespace euphone {
namespace {

constexpr int kRuns = 7;             ///< Measured, after one that is not.
constexpr double kSentences = 100;   ///< Of a lesson.
constexpr double kWorthwhile = 0.9;  ///< Of the processor's time.

std::vector<float> ReferenceInput(const Bundle& bundle) {
  const auto bytes = bundle.bytes(bundle.manifest().self_test.input);
  std::vector<float> samples(bytes.size() / sizeof(float));
  std::memcpy(samples.data(), bytes.data(), samples.size() * sizeof(float));
  return samples;
}

double Median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

double LessonCost(const DeviceFinding& finding) {
  return finding.opening_ms + kSentences * finding.run_ms;
}

const DeviceFinding* Processor(std::span<const DeviceFinding> findings) {
  const auto found = std::ranges::find(findings, ComputeDevice::kCpu, &DeviceFinding::device);
  return found == findings.end() || !found->refusal.empty() ? nullptr : &*found;
}

/// One that is being measured.
struct Runner {
  DeviceFinding* finding;
  std::unique_ptr<AcousticModel> model;
  std::vector<double> times = {};
};

}  // namespace

std::vector<DeviceFinding> TryDevices(const Bundle& bundle, const ModelOptions& options,
                                      std::span<const ComputeDevice> devices) {
  std::vector<DeviceFinding> findings(devices.size());
  std::vector<Runner> runners;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    DeviceFinding& finding = findings[i];
    finding.device = devices[i];
    ModelOptions on = options;
    on.device = devices[i];
    const auto start = std::chrono::steady_clock::now();
    auto trial = TryDevice(bundle, on);
    finding.opening_ms = MillisSince(start);
    if (!trial) {
      finding.refusal = trial.error().message;
      continue;
    }
    finding.difference = trial->difference;
    finding.on_device = trial->on_device;
    finding.nodes = std::move(trial->nodes);
    runners.push_back({&finding, std::move(trial->model)});
  }
  const std::vector<float> samples = ReferenceInput(bundle);
  for (int run = 0; run <= kRuns; ++run) {
    for (Runner& runner : runners) {
      const auto start = std::chrono::steady_clock::now();
      const auto heard = runner.model->Run(samples);
      if (!heard) runner.finding->refusal = heard.error().message;
      if (run > 0) runner.times.push_back(MillisSince(start));
    }
  }
  for (Runner& runner : runners) runner.finding->run_ms = Median(std::move(runner.times));
  return findings;
}

ComputeDevice BestOf(std::span<const DeviceFinding> findings) {
  const DeviceFinding* const processor = Processor(findings);
  const DeviceFinding* best = processor;
  for (const DeviceFinding& finding : findings) {
    if (!finding.refusal.empty() || finding.device == ComputeDevice::kCpu) continue;
    const double most = best == nullptr     ? LessonCost(finding)
                        : best == processor ? kWorthwhile * LessonCost(*processor)
                                            : LessonCost(*best);
    if (LessonCost(finding) <= most) best = &finding;
  }
  return best == nullptr ? ComputeDevice::kCpu : best->device;
}

double GainOf(const DeviceFinding& finding, std::span<const DeviceFinding> findings) {
  const DeviceFinding* const processor = Processor(findings);
  if (processor == nullptr || !finding.refusal.empty() || finding.run_ms <= 0) return 0;
  return processor->run_ms / finding.run_ms;
}

}  // namespace euphone
