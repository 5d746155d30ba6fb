#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "telemetry/telemetry.h"

namespace euphone {

/// Scores of a version wait until they come from so many takes: what travels then says nothing of
/// one of them.
inline constexpr std::uint64_t kLeastTakesTold = 20;
inline constexpr std::int64_t kRecentSeconds = 86'400;      ///< Of each half of what is recent.
inline constexpr std::int64_t kScoreSeconds = 14 * 86'400;  ///< Likewise, of scores.
inline constexpr std::int64_t kCrashLoopSeconds = 600;      ///< In which three crashes are one.
inline constexpr std::size_t kMostCrashTimes = 3;
inline constexpr std::size_t kMostBookBytes = 4 * kMostTelemetryBytes;

/// What a device has counted, as its file keeps it. Windows consist of two halves: when the younger
/// one has lasted its time, the older one goes. Pure: `now` is the caller's, in seconds; a clock
/// that jumps makes a window longer or empties it, and breaks nothing.
class TelemetryBook {
 public:
  void Add(const Tally& tally, std::int64_t now);
  void Started(std::int64_t now);
  /// A start before found no end.
  void Crashed(std::int64_t now);
  /// What the program uses now, and how hot the device is.
  void Measured(std::optional<double> memory_mb, std::optional<double> temperature_c);

  /// What may be told; `program`: its version.
  Telemetry Tell(std::string program, std::int64_t now) const;

  /// euphone.telemetry-book/1: a file of this device alone.
  std::string ToJson() const;
  /// Fails: as ReadTelemetry.
  static Result<TelemetryBook> Read(std::string_view text);

 private:
  void Roll(std::int64_t now);

  TakeCounts total_;
  std::uint64_t starts_ = 0, crashes_ = 0;
  std::array<TakeTimes, 2> recent_;  ///< The younger half first.
  std::array<int, 2> crash_loops_{};
  std::int64_t recent_since_ = 0;  ///< Of the younger half.
  std::array<std::vector<ScoreCounts>, 2> scores_;
  std::int64_t scores_since_ = 0;
  std::vector<ScoreCounts> waiting_;  ///< From too few takes.
  std::vector<std::int64_t> crash_times_;
  std::optional<double> memory_mb_, temperature_c_;
};

}  // namespace euphone
