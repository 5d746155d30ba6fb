#include "bench_machine.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "cores.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

std::string FirstLine(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

/// The value behind "name : " in a file of such lines.
std::string FieldOf(const fs::path& file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    const auto colon = line.find(':');
    const auto value = line.find_first_not_of(" \t", colon + 1);
    if (colon != std::string::npos && value != std::string::npos) return line.substr(value);
  }
  return {};
}

std::optional<std::uint64_t> NumberIn(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t value = 0;
  if (in >> value) return value;
  return std::nullopt;
}

std::string SystemName() {
  utsname name{};
  if (::uname(&name) != 0) return {};
  return std::string(name.sysname) + " " + name.release + ", " + name.machine;
}

}  // namespace

double LoadNow() {
  double load[1] = {0.0};
  return ::getloadavg(load, 1) == 1 ? load[0] : 0.0;
}

MachineFacts ReadMachine(const fs::path& root) {
  MachineFacts facts;
  const fs::path cpuinfo = root / "proc/cpuinfo";
  for (const char* name : {"model name", "Model", "Hardware"}) {
    facts.processor = FieldOf(cpuinfo, name);
    if (!facts.processor.empty()) break;
  }
  if (facts.processor.empty()) facts.processor = FirstLine(root / "proc/device-tree/model");
  facts.system = SystemName();
  facts.governor = FirstLine(root / "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  facts.cores = Cores();
  facts.memory_mb = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) *
                    static_cast<double>(::sysconf(_SC_PAGE_SIZE)) / 1e6;
  facts.load_before = LoadNow();
  return facts;
}

std::optional<MemoryPoint> MemoryOf(int process, double at_s) {
  const fs::path folder = "/proc/" + std::to_string(process);
  const std::string resident = FieldOf(folder / "status", "VmRSS");
  if (resident.empty()) return std::nullopt;
  MemoryPoint point{.at_s = at_s,
                    .resident_mb = std::strtod(resident.c_str(), nullptr) * 1024 / 1e6,
                    .proportional_mb = std::nullopt};
  const std::string proportional = FieldOf(folder / "smaps_rollup", "Pss");
  if (!proportional.empty())
    point.proportional_mb = std::strtod(proportional.c_str(), nullptr) * 1024 / 1e6;
  return point;
}

EnergyMeter::EnergyMeter(const fs::path& root) {
  std::error_code none;
  for (const auto& zone : fs::directory_iterator(root / "sys/class/powercap", none)) {
    // Packages; what lies below one, as "intel-rapl:0:0", is counted in it.
    const std::string name = zone.path().filename().string();
    if (!name.starts_with("intel-rapl:") || name.find(':') != name.rfind(':')) continue;
    const auto now = NumberIn(zone.path() / "energy_uj");
    if (!now) continue;
    packages_.push_back({.counter = zone.path() / "energy_uj",
                         .range = NumberIn(zone.path() / "max_energy_range_uj").value_or(0),
                         .last = *now});
  }
}

double EnergyMeter::Spent() {
  double joules = 0.0;
  for (Package& package : packages_) {
    const std::uint64_t now = NumberIn(package.counter).value_or(package.last);
    const std::uint64_t before = std::exchange(package.last, now);
    joules +=
        1e-6 * static_cast<double>(now >= before ? now - before : now + package.range - before);
  }
  return joules;
}

}  // namespace euphone::cli
