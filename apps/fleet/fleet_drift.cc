#include "fleet/fleet_drift.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/sem_ver.h"

namespace euphone::fleet {
namespace {

/// Of learners who nobody has measured: as much as those of the corpora that there are.
constexpr double kUsualLikeness = 0.2;

/// The version before this one of the same bundle; the end where there is none.
FleetDrift::Scores::const_iterator Before(const FleetDrift::Scores& scores,
                                          FleetDrift::Scores::const_iterator one) {
  const auto version = ReadSemVer(one->first.second);
  auto best = scores.end();
  if (!version) return best;
  std::optional<SemVer> highest;
  for (auto other = scores.begin(); other != scores.end(); ++other) {
    if (other->first.first != one->first.first) continue;
    auto its = ReadSemVer(other->first.second);
    if (!its || !(*its < *version) || (highest && *its < *highest)) continue;
    best = other;
    highest = std::move(its);
  }
  return best;
}

}  // namespace

void VersionScores::Add(const ScoreCounts& scores) {
  by_device[0].push_back(scores.phones);
  by_device[1].push_back(scores.words);
  by_device[2].push_back(scores.sentences);
}

Histogram VersionScores::Sum(std::size_t unit) const {
  Histogram sum(kScoreBounds);
  for (const Histogram& one : by_device[unit]) sum.Merge(one);
  return sum;
}

std::vector<DriftFinding> FleetDrift::Watch(const Scores& scores, const FindReference& reference,
                                            std::int64_t now) {
  std::vector<DriftFinding> findings;
  std::set<std::string> watched;
  const auto find = [&](const auto& key, std::size_t unit, std::string against,
                        const ScoreSample& expected, const ScoreSample& seen) {
    DriftFinding finding{.bundle = key.first,
                         .version = key.second,
                         .unit = unit,
                         .against = std::move(against),
                         .shift = CompareScores(expected, seen)};
    const std::string name = finding.bundle + '\n' + finding.version + '\n' +
                             std::string(kScoreUnits[unit]) + '\n' + finding.against;
    watched.insert(name);
    AlertState& state = alarms_[name];
    const auto value = finding.shift.enough ? std::optional(finding.shift.evident()) : std::nullopt;
    state = NextAlert(kDriftRule, state, value, now);
    finding.alarm = state.raised;
    findings.push_back(std::move(finding));
  };
  for (auto one = scores.begin(); one != scores.end(); ++one) {
    const ScoreReference* const known =
        reference ? reference(one->first.first, one->first.second) : nullptr;
    const auto before = Before(scores, one);
    for (std::size_t unit = 0; unit < kScoreUnits.size(); ++unit) {
      const double likeness = known != nullptr ? known->units[unit].likeness : kUsualLikeness;
      const ScoreSample seen = SampleOf(one->second.by_device[unit], likeness);
      if (known != nullptr) find(one->first, unit, "reference", known->units[unit], seen);
      if (before == scores.end()) continue;
      find(one->first, unit, before->first.second,
           SampleOf(before->second.by_device[unit], likeness), seen);
    }
  }
  std::erase_if(alarms_, [&](const auto& alarm) { return !watched.contains(alarm.first); });
  return findings;
}

}  // namespace euphone::fleet
