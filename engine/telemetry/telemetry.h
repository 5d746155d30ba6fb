#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "telemetry/histogram.h"

namespace euphone {

/// How often things came to pass.
struct TakeCounts {
  std::uint64_t takes = 0;
  std::uint64_t not_scored = 0;  ///< Of them: unfit to be heard, or of another text.
  std::uint64_t xruns = 0;       ///< Gaps in live audio.
  double audio_seconds = 0.0;

  void Merge(const TakeCounts& other);
  bool operator==(const TakeCounts&) const = default;
};

/// Takes and how long they took.
struct TakeTimes {
  TakeCounts counts = {};
  Histogram latency{kLatencyBounds};  ///< Seconds from a take's end to its judgement.
  Histogram speed{kSpeedBounds};      ///< Work for a second of speech, of whole passes.

  void Merge(const TakeTimes& other);
  bool operator==(const TakeTimes&) const = default;
};

/// How one version of a bundle scored, over all who read.
struct ScoreCounts {
  std::string bundle, version;
  std::uint64_t takes = 0;
  Histogram phones{kScoreBounds}, words{kScoreBounds}, sentences{kScoreBounds};

  /// REQUIRES: of the same bundle and version.
  void Merge(const ScoreCounts& other);
};

/// Merges into the one of the same version, which is made where it is missing.
void MergeScores(std::vector<ScoreCounts>& all, const ScoreCounts& more);

/// What a program of this device has to add to what is known of it.
struct Tally {
  TakeTimes times = {};
  std::vector<ScoreCounts> scores = {};

  bool empty() const { return times == TakeTimes() && scores.empty(); }
};

/// What a device tells of itself: how it does, never how somebody reads. Scores travel as
/// histograms alone, which grow by many takes at once.
struct Telemetry {
  std::int64_t at = 0;  ///< Seconds since 1970, by its own clock.
  std::string program = {};
  TakeCounts total = {};      ///< Since it began to count.
  std::uint64_t starts = 0;   ///< Of the program, to judge or to serve.
  std::uint64_t crashes = 0;  ///< Of these, those that found no end.
  int crash_loops = 0;        ///< Three crashes within ten minutes, in the last day or two.
  TakeTimes recent = {};      ///< Of today and yesterday.
  std::int64_t recent_since = 0;
  std::vector<ScoreCounts> scores = {};  ///< Of two to four weeks.
  std::int64_t scores_since = 0;
  std::optional<double> memory_mb = std::nullopt;      ///< The most that the program had of late.
  std::optional<double> temperature_c = std::nullopt;  ///< The hottest zone.

  double anomaly_rate() const {
    const auto takes = static_cast<double>(recent.counts.takes);
    return takes > 0 ? static_cast<double>(recent.counts.not_scored) / takes : 0.0;
  }
};

inline constexpr std::size_t kMostScoreVersions = 16;
inline constexpr std::size_t kMostTelemetryBytes = std::size_t{64} << 10;

/// euphone.telemetry/1, docs/formats/telemetry.md.
std::string ToJson(const Telemetry& telemetry);
/// Fails: kTooLarge, kCorrupt, kUnsupported (another schema), kInvalidArgument naming the field.
Result<Telemetry> ReadTelemetry(std::string_view text);

}  // namespace euphone
