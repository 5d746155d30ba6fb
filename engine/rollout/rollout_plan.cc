#include "rollout/rollout_plan.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/random.h"

namespace euphone {
namespace {

constexpr std::int64_t kDay = 86400, kMostSeconds = 3650 * kDay;
constexpr double kTiny = 1e-9;  ///< 3 % of 100 are 3, whatever the last bit of a product says.

std::size_t RoundedUp(const Share& share, std::size_t whole) {
  const double count =
      share.percent ? share.value / 100.0 * static_cast<double>(whole) : share.value;
  return static_cast<std::size_t>(std::ceil(std::max(0.0, count - kTiny)));
}

std::int64_t FloorOf(std::int64_t value, std::int64_t step) {
  return value / step - (value % step < 0 ? 1 : 0);
}

}  // namespace

bool OfferWindow::Contains(std::int64_t now, int utc_offset_minutes) const {
  const std::int64_t local = FloorOf(now, 60) + utc_offset_minutes;
  const std::int64_t day = FloorOf(local, 1440);
  const auto minute = static_cast<int>(local - day * 1440);
  const auto is_on = [this](std::int64_t which) {  // The first of January 1970 was a Thursday.
    return ((days >> static_cast<unsigned>(((which + 3) % 7 + 7) % 7)) & 1u) != 0;
  };
  if (from_minute < to_minute) return is_on(day) && minute >= from_minute && minute < to_minute;
  return (is_on(day) && minute >= from_minute) || (is_on(day - 1) && minute < to_minute);
}

std::optional<std::int64_t> ReadDuration(std::string_view text) {
  if (text.size() < 2 || text.size() > 12) return std::nullopt;
  std::int64_t count = 0;
  const char* unit = text.data() + text.size() - 1;
  const auto read = std::from_chars(text.data(), unit, count);
  if (read.ec != std::errc() || read.ptr != unit || count < 0 || count > kMostSeconds)
    return std::nullopt;
  const std::int64_t seconds = *unit == 's'   ? 1
                               : *unit == 'm' ? 60
                               : *unit == 'h' ? 3600
                               : *unit == 'd' ? kDay
                                              : 0;
  if (seconds == 0 || count * seconds > kMostSeconds) return std::nullopt;
  return count * seconds;
}

std::size_t Needed(const SuccessRule& rule, std::size_t whole) {
  return std::min(RoundedUp(rule.at_least, whole), whole);
}

bool TooMany(const ErrorRule& rule, std::size_t errors, std::size_t whole, std::size_t done) {
  if (rule.of_done && done < rule.minimum) return false;
  const auto count = static_cast<double>(errors);
  if (!rule.at_most.percent) return count > rule.at_most.value;
  const auto base = static_cast<double>(rule.of_done ? done : whole);
  return count > rule.at_most.value / 100.0 * base + kTiny;
}

std::uint64_t WaveHash(std::string_view rollout, std::string_view device) {
  std::string both(rollout);
  both += '\0';
  return Stirred(SeedFor(0, both.append(device)));
}

std::vector<std::size_t> WaveSizes(const std::vector<WavePlan>& waves, std::size_t targets) {
  std::vector<std::size_t> sizes;
  std::size_t left = targets;
  for (const WavePlan& wave : waves) {
    sizes.push_back(wave.rest ? left : std::min(left, RoundedUp(wave.size, targets)));
    left -= sizes.back();
  }
  return sizes;
}

}  // namespace euphone
