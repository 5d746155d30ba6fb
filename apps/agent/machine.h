#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace euphone::agent {

/// What the system says of power; docs: Documentation/ABI/testing/sysfs-class-power of Linux.
struct Power {
  std::optional<int> battery = std::nullopt;  ///< Percent, of the emptiest; absent: there is none.
  bool charging = false;
};
/// Batteries of the system itself: those of a mouse, whose `scope` is Device, are left out.
/// Whatever cannot be read is not there.
Power ReadPower(const std::filesystem::path& supplies = "/sys/class/power_supply");

/// "en-US" of "en_US.UTF-8"; empty for none, C and POSIX.
std::string LocaleName(std::string_view variable);
/// Of this process: LC_ALL, LC_MESSAGES, LANG.
std::string LocaleOfThisSystem();

/// How many minutes this device's clock is before UTC, now.
int UtcOffsetMinutes();

/// "rpi4" of a device tree's "Raspberry Pi 4 Model B Rev 1.4", else the processor's name: x86_64.
std::string HardwareName(const std::filesystem::path& model = "/proc/device-tree/model");

}  // namespace euphone::agent
