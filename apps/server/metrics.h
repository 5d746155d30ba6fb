#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "telemetry/histogram.h"

namespace euphone::server {

/// What this server has done so far, for Prometheus. Nothing of it is about a person.
/// Thread: any.
class Metrics {
 public:
  /// `route`: a pattern, never a path as it was asked for, so that there are few of them.
  void CountRequest(const std::string& route, int status, double seconds);
  void CountTake(double audio_seconds, bool live);
  void CountKept(bool kept);
  void CountOverruns(std::int64_t gaps);

  /// What is true now, and told from elsewhere.
  struct Now {
    std::size_t live_sessions = 0;
    std::size_t waiting_sessions = 0;  ///< Of these, those whose connection has dropped.
    std::size_t queued_jobs = 0;
    std::size_t running_jobs = 0;
  };
  /// Prometheus' text format, version 0.0.4.
  std::string Text(const Now& now) const;

  static constexpr std::array<double, 10> kBounds = {0.001, 0.005, 0.01, 0.05, 0.1,
                                                     0.25,  0.5,   1.0,  2.5,  10.0};

 private:
  mutable std::mutex mutex_;  ///< Guards the rest.
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Histogram> latencies_;  ///< Seconds by route.
  std::array<std::uint64_t, 2> takes_{};
  std::array<double, 2> audio_seconds_{};
  std::uint64_t kept_ = 0, not_kept_ = 0;
  std::int64_t overruns_ = 0;
};

}  // namespace euphone::server
