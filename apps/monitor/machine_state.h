#pragma once

#include <filesystem>
#include <optional>

namespace euphone::monitor {

/// The most memory that this process has had, in MB; absent where the system does not say.
std::optional<double> PeakMemoryMb(const std::filesystem::path& proc = "/proc");

/// The hottest thermal zone, in °C; absent where there is none (most virtual machines).
std::optional<double> TemperatureC(const std::filesystem::path& sys = "/sys");

}  // namespace euphone::monitor
