#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/file_lock.h"
#include "base/result.h"
#include "score/analysis.h"
#include "telemetry/telemetry.h"

namespace euphone::monitor {

/// A take that was judged, and what that took.
struct JudgedTake {
  const Analysis& analysis;
  double latency_seconds = 0.0;  ///< From its end, or its arrival, to its judgement.
  double pass_seconds = 0.0;     ///< Of these, the work.
};

/// What one take adds: its scores leave no trace but in histograms.
Tally TallyOf(const JudgedTake& take);

/// Counts what a program of this device does into the device's telemetry folder (book.json, lock,
/// runs/), which several programs may do at once. A device counts once somebody has made the
/// folder: `euphone telemetry begin`, or who joined a fleet. What cannot be written is lost: a
/// lesson goes on. Cost: a take is added in memory; a file is written at the beginning, at the end,
/// and at most once a minute between. Thread: any, but that of an audio callback.
class TelemetryLog {
 public:
  /// Null where the folder is not there. Says that a program has started, and finds those before it
  /// that found no end.
  static std::shared_ptr<TelemetryLog> Open(const std::filesystem::path& folder);
  TelemetryLog(const TelemetryLog&) = delete;
  TelemetryLog& operator=(const TelemetryLog&) = delete;
  ~TelemetryLog();

  void Judged(const JudgedTake& take);
  void CountXruns(std::uint64_t gaps);

  /// What the device may tell, with what this program has not written yet.
  Result<Telemetry> Tell(const std::string& program);

 private:
  TelemetryLog(std::filesystem::path folder, std::filesystem::path run, FileLock alive)
      : folder_(std::move(folder)), run_(std::move(run)), alive_(std::move(alive)) {}

  void Add(const Tally& tally);
  void Flush();

  const std::filesystem::path folder_;
  const std::filesystem::path run_;  ///< Names this process; locked while it lives.
  FileLock alive_;
  std::mutex mutex_;  ///< Guards the rest.
  Tally waiting_;
  std::chrono::steady_clock::time_point written_ = std::chrono::steady_clock::now();
};

/// Makes the folder, so that programs count. Fails: kIo.
Status BeginTelemetry(const std::filesystem::path& folder);

/// What the device may tell; all is 0 where nothing was counted. Fails: kNotFound, where it does
/// not count; kCorrupt, kIo.
Result<Telemetry> ReadTelemetryFolder(const std::filesystem::path& folder,
                                      const std::string& program);

/// The same for a heartbeat: euphone.telemetry/1.
Result<std::string> TelemetryText(const std::filesystem::path& folder, const std::string& program);

}  // namespace euphone::monitor
