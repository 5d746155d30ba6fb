#include "rollout/virtual_fleet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/random.h"

namespace euphone {
namespace {

constexpr std::int64_t kFleetDay = 86400;
constexpr std::array<std::string_view, 4> kFaultNames = {"download", "self-test", "crash", "loss"};
constexpr int kDaysAhead = 60;

struct Locale {
  const char* name;
  int utc_offset_minutes;
  double share;  ///< Up to and with this one.
};
constexpr std::array<Locale, 4> kLocales = {
    {{"en-US", -300, 0.4}, {"es-ES", 60, 0.6}, {"de-DE", 60, 0.8}, {"ja-JP", 540, 1.0}}};

struct Hardware {
  const char* name;
  double share;
};
constexpr std::array<Hardware, 4> kHardware = {
    {{"rpi4", 0.4}, {"rpi5", 0.6}, {"n100", 0.75}, {"tablet", 1.0}}};

template <class Kinds>
const auto& Pick(const Kinds& kinds, double chance) {
  for (const auto& kind : kinds)
    if (chance < kind.share) return kind;
  return kinds.back();
}

/// A version before it, as a fleet would hold it.
SemVer Before(SemVer version) {
  version.before.clear();
  if (version.patch > 0)
    --version.patch;
  else if (version.minor > 0)
    --version.minor;
  else if (version.major > 0)
    version = {.major = version.major - 1, .minor = 9};
  else
    version.before = {"0"};
  return version;
}

std::string Numbered(const std::string& name, std::size_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return name + digits;
}

}  // namespace

Result<VirtualFault> ReadFault(std::string_view text) {
  const auto refused = [text] {
    return Error{Errc::kInvalidArgument,
                 "'" + std::string(text.substr(0, 60)) +
                     "' is no failure; write download, self-test, crash or loss, @HARDWARE if only "
                     "there, and a rate: self-test@rpi4=3%"};
  };
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos) return refused();
  std::string_view name = text.substr(0, equals), rate = text.substr(equals + 1);
  VirtualFault fault;
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    fault.hardware = name.substr(at + 1);
    if (fault.hardware.empty()) return refused();
    name = name.substr(0, at);
  }
  const auto* const kind = std::ranges::find(kFaultNames, name);
  if (kind == kFaultNames.end()) return refused();
  fault.kind = static_cast<VirtualFaultKind>(kind - kFaultNames.begin());
  const bool percent = rate.ends_with('%');
  if (percent) rate.remove_suffix(1);
  const auto read = std::from_chars(rate.data(), rate.data() + rate.size(), fault.rate);
  if (percent) fault.rate /= 100.0;
  if (read.ec != std::errc() || read.ptr != rate.data() + rate.size() ||
      !(fault.rate >= 0.0 && fault.rate <= 1.0))
    return refused();
  return fault;
}

double RateOf(const std::vector<VirtualFault>& faults, VirtualFaultKind kind,
              std::string_view hardware) {
  double general = 0.0;
  std::optional<double> special;
  for (const VirtualFault& fault : faults) {
    if (fault.kind != kind) continue;
    if (fault.hardware.empty())
      general = fault.rate;
    else if (fault.hardware == hardware)
      special = fault.rate;
  }
  return special.value_or(general);
}

std::optional<OnlineSpan> VirtualDevice::OnlineOn(std::int64_t day, int utc_offset_minutes) const {
  const std::int64_t midnight = day * kFleetDay - std::int64_t{60} * utc_offset_minutes;
  if (pattern == DayPattern::kAlways) return OnlineSpan{midnight, midnight + kFleetDay};
  Random chance(seed ^ (static_cast<std::uint64_t>(day) * 0x9e3779b97f4a7c15u));
  const bool weekend = (day + 3) % 7 >= 5;  // 1970 began on a Thursday.
  const bool school = pattern == DayPattern::kSchool;
  const double on = school ? (weekend ? 0.02 : 0.92) : (weekend ? 0.7 : 0.6);
  if (chance.Unit() >= on) return std::nullopt;
  const double begin = school ? 7.5 + 1.5 * chance.Unit() : 16.0 + 3.0 * chance.Unit();
  const double hours = school ? 5.0 + 3.0 * chance.Unit() : 0.5 + 2.5 * chance.Unit();
  const auto from = midnight + static_cast<std::int64_t>(begin * 3600.0);
  return OnlineSpan{from, from + static_cast<std::int64_t>(hours * 3600.0)};
}

std::optional<std::int64_t> VirtualDevice::NextOnline(std::int64_t at,
                                                      int utc_offset_minutes) const {
  return AfterOnline(at, 0.0, utc_offset_minutes);
}

std::optional<std::int64_t> VirtualDevice::AfterOnline(std::int64_t at, double seconds,
                                                       int utc_offset_minutes) const {
  auto left = static_cast<std::int64_t>(std::ceil(seconds));
  const std::int64_t today = (at + std::int64_t{60} * utc_offset_minutes) / kFleetDay;
  for (std::int64_t day = today; day <= today + kDaysAhead; ++day) {
    const auto span = OnlineOn(day, utc_offset_minutes);
    if (!span || span->end <= at) continue;
    const std::int64_t from = std::max(at, span->begin);
    if (from + left < span->end) return from + left;
    left -= span->end - from;
  }
  return std::nullopt;
}

std::vector<DeviceRecord> InventedInventory(const RolloutPlan& plan, std::size_t devices,
                                            std::uint64_t seed) {
  std::vector<DeviceRecord> inventory(devices);
  const SemVer last = Before(plan.version), older = Before(last);
  const std::size_t schools = devices / 40 + 1;
  for (std::size_t i = 0; i < devices; ++i) {
    DeviceRecord& device = inventory[i];
    device.id = Numbered("d-", i + 1);
    Random chance(SeedFor(seed, device.id));
    const std::size_t school = chance.Below(schools);
    // All devices of a school are in one place.
    const Locale& place = Pick(kLocales, Random(school + 1).Unit());
    device.site = "school-" + std::to_string(school + 1);
    device.locale = place.name;
    device.utc_offset_minutes = place.utc_offset_minutes;
    device.hardware = Pick(kHardware, chance.Unit()).name;
    if (chance.Unit() < 0.02) device.tags.emplace_back("pilot");
    device.groups.emplace_back(chance.Unit() < 0.1 ? "early" : "broad");
    device.runtime = {.minor = chance.Unit() < 0.8 ? 2u : 1u};
    const double held = chance.Unit();
    if (held < 0.98)
      device.bundles.push_back({plan.bundle, held < 0.9 ? last : older});
    else if (held < 0.99)
      device.bundles.push_back({plan.bundle, plan.version});
    if (device.hardware == "tablet") {
      device.battery = 60;
      device.metered = chance.Unit() < 0.1;
    }
  }
  return inventory;
}

VirtualDevice BehaviourOf(const DeviceRecord& device, std::uint64_t seed) {
  Random chance(SeedFor(seed ^ 0x5bf03635u, device.id));
  VirtualDevice behaviour;
  behaviour.seed = chance.Next();
  const double pattern = chance.Unit();
  const bool tablet = device.battery.has_value();
  behaviour.pattern = pattern < (tablet ? 0.6 : 0.75)   ? DayPattern::kSchool
                      : pattern < (tablet ? 1.0 : 0.85) ? DayPattern::kHome
                                                        : DayPattern::kAlways;
  // 2 to 50 Mbit/s, as many below 10 as above.
  behaviour.megabits_per_second = 2.0 * std::pow(25.0, chance.Unit());
  return behaviour;
}

}  // namespace euphone
