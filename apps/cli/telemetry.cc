#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "assembly/user_folder.h"
#include "base/file.h"
#include "commands.h"
#include "monitor/telemetry_log.h"
#include "telemetry/device_metrics.h"
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

struct TelemetryOptions {
  std::string format = "text";
  std::string out;
};

Result<fs::path> RequireTelemetryFolder() {
  fs::path folder = TelemetryFolder();
  if (!folder.empty()) return folder;
  return Error{Errc::kNotFound,
               "nobody says where this device counts; set HOME or EUPHONE_TELEMETRY to a folder"};
}

std::string ForPrometheus(const Telemetry& telemetry) {
  Exposition out;
  const DeviceTelemetry device{.device = "", .telemetry = &telemetry};
  AddDeviceMetrics(out, {&device, 1});
  return out.Take();
}

std::string ForPeople(const Telemetry& telemetry) {
  const TakeTimes& recent = telemetry.recent;
  std::string text = fmt::format(
      "takes        {} ({} not scored), {:.0f} s of audio, {} gaps\n"
      "starts       {}, {} without an end\n"
      "recent takes {} ({:.1f} % not scored), {} crash loops\n",
      telemetry.total.takes, telemetry.total.not_scored, telemetry.total.audio_seconds,
      telemetry.total.xruns, telemetry.starts, telemetry.crashes, recent.counts.takes,
      100.0 * telemetry.anomaly_rate(), telemetry.crash_loops);
  if (recent.speed.count() > 0) {
    text += fmt::format("judged in    {:.2f} s, {:.2f} s at most for 95 %; {:.2f} × real time\n",
                        recent.latency.Quantile(0.5), recent.latency.Quantile(0.95),
                        recent.speed.Quantile(0.5));
  }
  if (telemetry.memory_mb) text += fmt::format("memory       {:.0f} MB\n", *telemetry.memory_mb);
  if (telemetry.temperature_c)
    text += fmt::format("temperature  {:.0f} °C\n", *telemetry.temperature_c);
  for (const ScoreCounts& one : telemetry.scores)
    text += fmt::format("scores       {} {}: {} takes\n", one.bundle, one.version, one.takes);
  return text;
}

ExitCode BeginCounting() {
  const auto folder = RequireTelemetryFolder();
  if (!folder) return Report(folder.error());
  if (const auto made = monitor::BeginTelemetry(*folder); !made) return Report(made.error());
  return Show(folder->string() + ": this device counts how it does\n");
}

ExitCode EndCounting() {
  const auto folder = RequireTelemetryFolder();
  if (!folder) return Report(folder.error());
  std::error_code failed;
  fs::remove_all(*folder, failed);
  if (failed) return Report({Errc::kIo, folder->string() + ": " + failed.message()});
  return Show("what was counted is gone, and nothing is counted any more\n");
}

ExitCode ShowTelemetry(const TelemetryOptions& options) {
  const auto folder = RequireTelemetryFolder();
  if (!folder) return Report(folder.error());
  const auto telemetry = monitor::ReadTelemetryFolder(*folder, kVersion);
  if (!telemetry) return Report(telemetry.error());
  const std::string text = options.format == "json"         ? ToJson(*telemetry) + "\n"
                           : options.format == "prometheus" ? ForPrometheus(*telemetry)
                                                            : ForPeople(*telemetry);
  if (options.out.empty()) return Show(text);
  if (const auto written = WriteFileAtomically(options.out, text); !written)
    return Report(written.error());
  return ExitCode::kOk;
}

}  // namespace

void AddTelemetry(CLI::App& app, Global& global) {
  CLI::App* telemetry = app.add_subcommand(
      "telemetry", "How this device does: count it, show it, give it to Prometheus");
  telemetry->require_subcommand(1);
  telemetry->footer(
      "Examples:\n"
      "  euphone telemetry begin\n"
      "  euphone telemetry show\n"
      "  euphone telemetry show --format prometheus --out /var/lib/node_exporter/euphone.prom");
  auto options = std::make_shared<TelemetryOptions>();
  telemetry->add_subcommand("begin", "Count from now on what live, serve and analyze do")
      ->callback([&global] { global.run = BeginCounting; });
  telemetry->add_subcommand("end", "Delete what was counted, and count no more")
      ->callback([&global] { global.run = EndCounting; });
  CLI::App* show = telemetry->add_subcommand("show", "What was counted");
  show->add_option("--format", options->format, "text, json (euphone.telemetry/1) or prometheus")
      ->check(CLI::IsMember({"text", "json", "prometheus"}))
      ->capture_default_str();
  show->add_option("--out", options->out, "File to write, whole or not at all")->type_name("FILE");
  show->callback(
      [options, &global] { global.run = [options] { return ShowTelemetry(*options); }; });
}

}  // namespace euphone::cli
