#include "device_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "model_ort/execution_provider.h"

namespace euphone::cli {
namespace {

/// Operations of one kind on one provider.
struct Kind {
  std::size_t count = 0;
  std::int64_t microseconds = 0;
};

std::string Parts(std::size_t count) {
  return count == 1 ? "1 part" : fmt::format("{} parts", count);
}

}  // namespace

std::vector<DeviceFinding> FindDevices(const Bundle& bundle, const InstallationOptions& options) {
  auto devices = DevicesOfRuntime();
  if (!devices) return {};
  const auto named = DeviceNamed(options.device);
  if (named && !std::ranges::count(*devices, *named)) devices->push_back(*named);
  ModelOptions settings = options.model_options();
  settings.unit = options.device_unit;
  return TryDevices(bundle, settings, *devices);
}

std::string Described(const DeviceFinding& finding, const std::vector<DeviceFinding>& all) {
  if (!finding.refusal.empty()) return finding.refusal;
  const NodeMap& nodes = finding.nodes;
  std::string text = fmt::format("runs {} of {} operations, in {}", finding.on_device,
                                 nodes.nodes.size() - nodes.Copies(), Parts(nodes.Partitions()));
  if (nodes.Copies() > 0) text += fmt::format(" with {} copies between", nodes.Copies());
  text += fmt::format("; reference run {:.1f} ms", finding.run_ms);
  if (finding.device != ComputeDevice::kCpu) {
    if (const double gain = GainOf(finding, all); gain > 0)
      text += fmt::format(" ({:.2f} times as fast as the processor)", gain);
    text += fmt::format(", differs by {:.1g}", finding.difference);
  }
  return text + fmt::format("; opened in {:.0f} ms", finding.opening_ms);
}

std::string NodeTable(const DeviceFinding& finding) {
  std::map<std::pair<std::string, std::string>, Kind> kinds;
  for (const PlacedNode& node : finding.nodes.nodes) {
    Kind& kind = kinds[{node.provider, node.operation}];
    ++kind.count;
    kind.microseconds += node.microseconds;
  }
  std::vector<std::pair<std::pair<std::string, std::string>, Kind>> sorted(kinds.begin(),
                                                                           kinds.end());
  std::ranges::stable_sort(sorted, std::greater(),
                           [](const auto& kind) { return kind.second.microseconds; });
  std::string table;
  for (const auto& [place, kind] : sorted) {
    table += fmt::format("  {:<10} {:<26} {:<28} {:>4} ×  {:>9.2f} ms\n", NameOf(finding.device),
                         place.first, place.second, kind.count,
                         static_cast<double>(kind.microseconds) / 1000);
  }
  return table;
}

nlohmann::ordered_json NodesJson(const DeviceFinding& finding) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const PlacedNode& node : finding.nodes.nodes) {
    list.push_back({{"name", node.name},
                    {"operation", node.operation},
                    {"provider", node.provider},
                    {"microseconds", node.microseconds}});
  }
  return list;
}

}  // namespace euphone::cli
