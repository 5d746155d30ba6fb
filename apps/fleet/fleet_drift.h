#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "telemetry/alert.h"
#include "telemetry/score_reference.h"
#include "telemetry/score_shift.h"
#include "telemetry/telemetry.h"

namespace euphone::fleet {

/// Scores of one version of a bundle, over the fleet: a histogram for each device that has it.
struct VersionScores {
  std::array<std::vector<Histogram>, kScoreUnits.size()> by_device = {};

  void Add(const ScoreCounts& scores);
  Histogram Sum(std::size_t unit) const;
};

/// A hundred devices with a fault of one version are one fault: scores are compared over the fleet.
struct DriftFinding {
  std::string bundle, version;
  std::size_t unit = 0;      ///< Of kScoreUnits.
  std::string against = {};  ///< "reference", or the version before, on the same fleet.
  ScoreShift shift = {};
  bool alarm = false;
};

inline constexpr AlertRule kDriftRule = {
    .raise_at = 0.1, .raise_after = 3600, .clear_below = 0.05, .clear_after = 86'400};

/// What is known of a bundle's version by its own file; null where it has none.
using FindReference =
    std::function<const ScoreReference*(std::string_view bundle, std::string_view version)>;

/// Watches the scores of a fleet. It remembers which alarms are raised; begun anew, it raises them
/// again after their time. Thread: one at a time.
class FleetDrift {
 public:
  /// What devices tell, by bundle and version.
  using Scores = std::map<std::pair<std::string, std::string>, VersionScores>;

  /// Each version against its reference, and against the version before where devices still tell
  /// of it. `now`: seconds since 1970.
  std::vector<DriftFinding> Watch(const Scores& scores, const FindReference& reference,
                                  std::int64_t now);

 private:
  std::map<std::string, AlertState> alarms_;
};

}  // namespace euphone::fleet
