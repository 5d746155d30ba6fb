#include "agent/machine.h"

#include <sys/utsname.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>

#include "base/file.h"

namespace euphone::agent {
namespace {

namespace fs = std::filesystem;

/// A file of sysfs: one short line.
std::string Line(const fs::path& file) {
  auto text = ReadFile(file, 4096);
  if (!text) return {};
  while (!text->empty() && (text->back() == '\n' || text->back() == '\0')) text->pop_back();
  return *std::move(text);
}

std::optional<int> Percent(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return std::clamp(value, 0, 100);
}

}  // namespace

Power ReadPower(const fs::path& supplies) {
  Power power;
  std::error_code error;
  for (fs::directory_iterator entry(supplies, error), end; !error && entry != end;
       entry.increment(error)) {
    const fs::path folder = entry->path();
    if (Line(folder / "type") != "Battery" || Line(folder / "scope") == "Device") continue;
    const auto percent = Percent(Line(folder / "capacity"));
    if (!percent) continue;
    power.battery = std::min(power.battery.value_or(100), *percent);
    const std::string status = Line(folder / "status");
    power.charging |= status == "Charging" || status == "Full" || status == "Not charging";
  }
  if (!power.battery) power.charging = true;  // It is on the mains, as far as anybody can say.
  return power;
}

std::string LocaleName(std::string_view variable) {
  std::string name(variable.substr(0, variable.find_first_of(".@")));
  if (name == "C" || name == "POSIX") return {};
  std::ranges::replace(name, '_', '-');
  return name;
}

std::string LocaleOfThisSystem() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char* value = std::getenv(variable); value != nullptr && *value != '\0')
      return LocaleName(value);
  }
  return {};
}

int UtcOffsetMinutes() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::tzset();  // The zone may have been changed under a program that runs for months.
  if (::localtime_r(&now, &local) == nullptr) return 0;
  return static_cast<int>(local.tm_gmtoff / 60);
}

std::string HardwareName(const fs::path& model) {
  const std::string name = Line(model);
  constexpr std::string_view kPi = "Raspberry Pi ";
  if (name.starts_with(kPi) && name.size() > kPi.size()) {
    const char number = name[kPi.size()];
    if (number >= '0' && number <= '9') return std::string("rpi") + number;
  }
  utsname system{};
  ::uname(&system);
  return system.machine;
}

}  // namespace euphone::agent
