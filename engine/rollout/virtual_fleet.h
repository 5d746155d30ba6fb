#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rollout/device_record.h"
#include "rollout/rollout_plan.h"

namespace euphone {

/// What a simulated bundle, or its way to a device, does wrong.
enum class VirtualFaultKind {
  kDownload,  ///< The download breaks off; another try may go well.
  kSelfTest,  ///< The self-test of what was staged fails; nothing was installed.
  kCrash,     ///< It crashes some time after it was installed; the device goes back.
  kLoss,      ///< Installed, and nothing is heard of the device again.
};

struct VirtualFault {
  VirtualFaultKind kind = VirtualFaultKind::kDownload;
  std::string hardware = {};  ///< Only there; empty: everywhere.
  double rate = 0.0;          ///< Of each try to download, else of each device.
};

/// "self-test=0.03", "crash@rpi4=0.1", "download=2%". Fails: kInvalidArgument.
Result<VirtualFault> ReadFault(std::string_view text);

/// A rate for one device: of those for its hardware if there are any, else of those for all; a
/// later fault replaces an earlier one of the same kind and hardware.
double RateOf(const std::vector<VirtualFault>& faults, VirtualFaultKind kind,
              std::string_view hardware);

/// When a virtual device is switched on.
enum class DayPattern { kSchool, kHome, kAlways };

/// From one moment to another.
struct OnlineSpan {
  std::int64_t begin = 0, end = 0;
};

/// What the simulation knows of a device beside its record.
struct VirtualDevice {
  std::uint64_t seed = 0;
  DayPattern pattern = DayPattern::kSchool;
  double megabits_per_second = 10.0;

  /// When it is on, on a day of its own clock (days since 1970): the same whenever it is asked.
  std::optional<OnlineSpan> OnlineOn(std::int64_t day, int utc_offset_minutes) const;
  /// The first moment from `at` on when it is on; absent if that is over 60 days away.
  std::optional<std::int64_t> NextOnline(std::int64_t at, int utc_offset_minutes) const;
  /// When it has been on for so many seconds from `at` on.
  std::optional<std::int64_t> AfterOnline(std::int64_t at, double seconds,
                                          int utc_offset_minutes) const;
};

/// An invented fleet (docs/formats/rollout.md): Raspberry Pis, small PCs and tablets of schools in
/// four time zones, most of which hold an older version of the rollout's bundle.
std::vector<DeviceRecord> InventedInventory(const RolloutPlan& plan, std::size_t devices,
                                            std::uint64_t seed);

/// How a device of an inventory may behave: tablets and Pis are on for lessons, some at home.
VirtualDevice BehaviourOf(const DeviceRecord& device, std::uint64_t seed);

}  // namespace euphone
