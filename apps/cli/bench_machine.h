#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench_result.h"

namespace euphone::cli {

/// Reads /proc and /sys below `root` ("/" but in tests).
MachineFacts ReadMachine(const std::filesystem::path& root = "/");
double LoadNow();

/// What a process has in memory now; nothing where it is gone.
std::optional<MemoryPoint> MemoryOf(int process, double at_s);

/// The processor's own meter of energy (RAPL: Intel and AMD, readable by root on most systems).
class EnergyMeter {
 public:
  explicit EnergyMeter(const std::filesystem::path& root = "/");
  bool there() const { return !packages_.empty(); }
  /// Joules of all processor packages since the last call, the first being construction; what a
  /// counter has gone round meanwhile is taken in, once.
  double Spent();

 private:
  struct Package {
    std::filesystem::path counter;
    std::uint64_t range = 0, last = 0;  ///< µJ.
  };
  std::vector<Package> packages_;
};

}  // namespace euphone::cli
