#include "assembly/device_cache.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "base/file.h"
#include "model_ort/ort_runtime.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr int kFormat = 1;
constexpr std::size_t kMostChoices = 64;
constexpr std::size_t kMostBytes = 1 << 20;

/// "AMD EPYC", as the kernel calls the processor; empty where it does not say.
std::string ProcessorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name") && !line.starts_with("CPU part")) continue;
    const auto colon = line.find(": ");
    if (colon != std::string::npos) return line.substr(colon + 2);
  }
  return "";
}

/// Where the library lies, and when it was last another one.
std::string LibraryMark() {
  const std::string name = RuntimeLibrary();
  const auto version = RuntimeVersion();
  std::string mark = name + " " + (version ? *version : "?");
  std::error_code unknown;
  if (const auto written = fs::last_write_time(name, unknown); !unknown)
    mark += " " + std::to_string(written.time_since_epoch().count());
  return mark;
}

/// The choices, oldest first: [[key, device], …]; none where the file is another one.
ordered_json ReadChoices(const fs::path& file) {
  const auto text = ReadFile(file, kMostBytes);
  if (!text) return ordered_json::array();
  const ordered_json document = ordered_json::parse(*text, nullptr, false);
  if (!document.is_object() || document.value("format", ordered_json()) != kFormat)
    return ordered_json::array();
  const auto choices = document.find("choices");
  const bool lists = choices != document.end() && choices->is_array() &&
                     std::ranges::all_of(*choices, [](const ordered_json& choice) {
                       return choice.is_array() && choice.size() == 2 && choice[0].is_string() &&
                              choice[1].is_string();
                     });
  return lists ? *choices : ordered_json::array();
}

}  // namespace

std::string ChoiceKey(const Bundle& bundle, const ModelOptions& options,
                      const std::string& candidates) {
  return bundle.manifest().Find(FileRole::kModel)->sha256 + " | " + LibraryMark() + " | " +
         ProcessorName() + " x" + std::to_string(std::thread::hardware_concurrency()) + " | " +
         std::to_string(options.threads) + " threads | " + candidates + " " + options.unit;
}

std::optional<ComputeDevice> DeviceCache::Find(const std::string& key) const {
  for (const ordered_json& choice : ReadChoices(file_)) {
    if (choice[0] == key) return DeviceNamed(choice[1].get<std::string>());
  }
  return std::nullopt;
}

Status DeviceCache::Keep(const std::string& key, ComputeDevice device) const {
  ordered_json kept = ordered_json::array();
  for (const ordered_json& choice : ReadChoices(file_)) {
    if (choice[0] != key) kept.push_back(choice);
  }
  kept.push_back({key, NameOf(device)});
  while (kept.size() > kMostChoices) kept.erase(kept.begin());
  std::error_code failed;
  fs::create_directories(file_.parent_path(), failed);
  const ordered_json document = {{"format", kFormat}, {"choices", std::move(kept)}};
  return WriteFileAtomically(file_, document.dump(1) + "\n");
}

}  // namespace euphone
