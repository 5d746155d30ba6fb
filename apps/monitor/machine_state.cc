#include "monitor/machine_state.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

#include "base/file.h"

namespace euphone::monitor {
namespace {

namespace fs = std::filesystem;

std::optional<double> NumberIn(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  double number = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<double> PeakMemoryMb(const fs::path& proc) {
  const auto status = ReadFile(proc / "self" / "status", std::size_t{64} << 10);
  if (!status) return std::nullopt;
  constexpr std::string_view kPeak = "VmHWM:";
  const std::size_t at = status->find(kPeak);
  if (at == std::string::npos) return std::nullopt;
  const auto kilobytes = NumberIn(std::string_view(*status).substr(at + kPeak.size()));
  if (!kilobytes) return std::nullopt;
  return *kilobytes * 1024.0 / 1e6;
}

std::optional<double> TemperatureC(const fs::path& sys) {
  std::optional<double> hottest;
  std::error_code none;
  for (const auto& zone : fs::directory_iterator(sys / "class" / "thermal", none)) {
    if (!zone.path().filename().string().starts_with("thermal_zone")) continue;
    const auto text = ReadFile(zone.path() / "temp", 64);
    const auto thousandths = text ? NumberIn(*text) : std::nullopt;
    // Drivers of broken sensors say what no machine survives.
    if (!thousandths || *thousandths < -100'000.0 || *thousandths > 300'000.0) continue;
    hottest = std::max(hottest.value_or(-100.0), *thousandths / 1000.0);
  }
  return hottest;
}

}  // namespace euphone::monitor
