#include "devices/audio_devices.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "commands.h"

namespace euphone::cli {
namespace {

nlohmann::ordered_json AsJson(const AudioDevice& device) {
  return {{"index", device.index},
          {"name", device.name},
          {"host_api", device.host_api},
          {"input_channels", device.input_channels},
          {"output_channels", device.output_channels},
          {"default_rate_hz", device.default_rate.hz},
          {"default_input", device.default_input},
          {"default_output", device.default_output}};
}

/// "2 channels, default" or "–".
std::string Use(int channels, bool preferred) {
  if (channels == 0) return "–";
  return fmt::format("{} ch{}", channels, preferred ? ", default" : "");
}

std::string AsTable(const std::vector<AudioDevice>& devices) {
  if (devices.empty())
    return "No sound device was found. Plug a microphone in; `euphone doctor` looks again.\n";
  std::size_t width = 4;
  for (const AudioDevice& device : devices) width = std::max(width, device.name.size());
  std::string table = fmt::format("{:>3}  {:<{}}  {:<9}  {:<15}  {:<15}  {}\n", "#", "NAME", width,
                                  "RATE", "MICROPHONE", "LOUDSPEAKER", "THROUGH");
  for (const AudioDevice& device : devices) {
    table += fmt::format("{:>3}  {:<{}}  {:<9}  {:<15}  {:<15}  {}\n", device.index, device.name,
                         width, fmt::format("{} Hz", device.default_rate.hz),
                         Use(device.input_channels, device.default_input),
                         Use(device.output_channels, device.default_output), device.host_api);
  }
  return table;
}

ExitCode ShowDevices(bool json) {
  const auto devices = ListAudioDevices();
  if (!devices) return Report(devices.error());
  if (!json) return Show(AsTable(*devices));
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const AudioDevice& device : *devices) list.push_back(AsJson(device));
  return Show(list.dump(2) + "\n");
}

}  // namespace

void AddDevices(CLI::App& app, Global& global) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand(
      "devices", "List microphones and loudspeakers, for --device of record, play and say");
  command->footer(
      "Examples:\n"
      "  euphone devices\n"
      "  euphone devices --json");
  command->add_flag("--json", *json, "As JSON");
  command->callback([json, &global] { global.run = [json] { return ShowDevices(*json); }; });
}

}  // namespace euphone::cli
