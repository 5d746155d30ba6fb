#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "rollout/strict_object.h"
#include "telemetry/telemetry.h"

namespace euphone {

/// The parts of which documents of this layer consist. For its sources alone.

inline constexpr std::string_view kTelemetrySchema = "euphone.telemetry/1";
inline constexpr std::string_view kBookSchema = "euphone.telemetry-book/1";
inline constexpr std::string_view kReferenceSchema = "euphone.reference/1";
inline constexpr std::int64_t kLatestTime = std::int64_t{1} << 40;
inline constexpr std::int64_t kMostCount = std::int64_t{1} << 52;
inline constexpr std::int64_t kMostLoops = 1'000'000;
inline constexpr double kMostMemoryMb = 1e8;
inline constexpr double kColdest = -100.0, kHottest = 300.0;

nlohmann::ordered_json HistogramJson(const Histogram& histogram);  ///< With its sum.
nlohmann::ordered_json CountsJson(const TakeCounts& counts);
nlohmann::ordered_json TimesJson(const TakeTimes& times);
nlohmann::ordered_json ScoresJson(const std::vector<ScoreCounts>& scores);

void ReadCount(StrictObject& object, std::string_view key, std::uint64_t& count);
void ReadOptional(StrictObject& object, std::string_view key, std::optional<double>& value,
                  double least, double most);
/// As many counts as `buckets`, else the object is refused.
std::vector<std::uint64_t> ReadBuckets(StrictObject& object, std::string_view key,
                                       std::size_t buckets);
void ReadCounts(StrictObject& object, TakeCounts& counts);
void ReadTimes(StrictObject& object, TakeTimes& times);
void ReadScores(StrictObject& object, std::string_view key, std::vector<ScoreCounts>& scores);

}  // namespace euphone
