#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sem_ver.h"
#include "rollout/target_filter.h"

namespace euphone {

/// What an operator asks for: a rollout document, read (docs/formats/rollout.md). Times in seconds.

/// How many: so many, or a share of some number in percent.
struct Share {
  double value = 0.0;
  bool percent = false;
};

/// A wave has gone well once so many of its devices have succeeded.
struct SuccessRule {
  Share at_least = {95.0, true};
};

/// A wave has gone wrong once more of its devices than so many have failed.
struct ErrorRule {
  Share at_most = {2.0, true};
  bool of_done = false;     ///< The share is one of those that have ended, else of the wave.
  std::size_t minimum = 0;  ///< With of_done: no verdict before so many have ended.
};

struct WavePlan {
  Share size = {};
  bool rest = false;  ///< All that are left; the last wave, and no other.
  SuccessRule success = {};
  ErrorRule errors = {};
  std::int64_t observe = 0;  ///< So long after success was reached, the next wave may start.
};

/// When a device may be offered something, by its own clock.
struct OfferWindow {
  unsigned days = 0x7f;  ///< Bit 0: Monday. Of a window over midnight, the day it begins.
  int from_minute = 0, to_minute = 1440;  ///< Of the day; to ≤ from: over midnight.

  bool Contains(std::int64_t now, int utc_offset_minutes) const;
};

/// Which devices that never came to an end count as errors.
enum class LostRule {
  kNone,
  kAnswered,  ///< Those that had answered: something may have happened to them on the way.
  kAll,
};

struct RolloutPlan {
  std::string id;
  std::string bundle;
  SemVer version = {};
  std::string filter_text = {}, when_text = {};
  TargetFilter filter = {};  ///< Who: asked once, when the rollout is submitted.
  TargetFilter when = {};    ///< Asked again each time before a device is offered it.
  std::vector<WavePlan> waves = {};
  std::set<int> approvals = {};  ///< Waves, from 1, that need an operator's yes before they start.
  std::vector<OfferWindow> windows = {};  ///< None: always.
  std::size_t max_in_flight = 1000;
  std::int64_t answer_within = 3 * 86400;                  ///< After the offer.
  std::int64_t finish_within = 5 * 86400;                  ///< After the offer.
  std::int64_t ends_after = 30 * 86400;                    ///< After the rollout was submitted.
  std::optional<std::int64_t> seen_within = std::nullopt;  ///< Else no offer.
  int retries = 2;                  ///< After failures that are not the bundle's.
  std::int64_t retry_after = 3600;  ///< After the offer before.
  LostRule lost = LostRule::kAnswered;
  bool to_unhealthy = false;     ///< Also to devices that are not well: a repair.
  bool allow_downgrade = false;  ///< Also to devices that hold a newer version.
};

/// Most devices of a rollout, waves and windows.
inline constexpr std::size_t kMostDevices = 2'000'000, kMostWaves = 64, kMostWindows = 32;

/// Reads euphone.rollout/1, strictly: a field that is not known is a fault, too. An exponential
/// ramp is expanded. Fails: kCorrupt where it is no JSON; kInvalidArgument naming the field,
/// "waves[1].success: …".
Result<RolloutPlan> ReadRolloutPlan(std::string_view json);

/// "90s", "15m", "12h", "3d". Absent where it is none, or longer than ten years.
std::optional<std::int64_t> ReadDuration(std::string_view text);

/// How many of `whole` must have succeeded; no more than there are.
std::size_t Needed(const SuccessRule& rule, std::size_t whole);
/// Whether so many errors, of a wave of `whole` of which `done` have ended, are too many.
bool TooMany(const ErrorRule& rule, std::size_t errors, std::size_t whole, std::size_t done);

/// A device's place among those of a rollout, 64 bits: FNV-1a of "ROLLOUT", a zero byte, "DEVICE",
/// stirred by SplitMix64's last steps. Never changed: a rollout that runs would fall apart.
std::uint64_t WaveHash(std::string_view rollout, std::string_view device);

/// Sizes of the waves of so many targets: percent is rounded up, no wave takes more than are left.
std::vector<std::size_t> WaveSizes(const std::vector<WavePlan>& waves, std::size_t targets);

}  // namespace euphone
