#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "audio/raw_format.h"
#include "commands.h"
#include "watch_machine.h"
#include "watch_microphone.h"

namespace euphone::cli {
namespace {

/// What the option parser cannot check by itself; empty if all is well.
std::string Contradiction(const WatchOptions& options) {
  const std::size_t files = options.files.size();
  if (options.action == "learn") {
    if (files < 1) return "watch learn needs recordings or tables of a machine that runs well";
    if (options.out.empty()) return "watch learn needs --out: the file for the model";
    if (options.input.follow) return "--follow is for watch run: learning needs an end";
  } else if (options.action == "run") {
    if (files != 2) return "watch run needs two files: MODEL and what to hold against it";
    if (!options.out.empty()) return "--out is for watch learn";
    if (!options.input.channels.empty())
      return "--channels is for watch learn: the model knows them";
  } else {
    if (files < 1) return "watch microphone needs a HISTORY, and recordings to add to it";
    if (!options.out.empty()) return "--out is for watch learn";
    if (options.input.follow) return "--follow is for watch run";
  }
  if (!options.day.empty() && options.action != "microphone")
    return "--day is for watch microphone";
  return "";
}

ExitCode Watch(const WatchOptions& options) {
  if (const std::string problem = Contradiction(options); !problem.empty()) {
    ReportLine(problem + "; see euphone watch --help");
    return ExitCode::kUsage;
  }
  if (options.action == "learn") return LearnMachine(options);
  if (options.action == "run") return WatchMachine(options);
  return WatchMicrophone(options);
}

std::string WrongRule(const std::string& text) {
  return ParseAlarmRule(text) ? "" : "write N/M, such as 3/5: three of the last five windows";
}

std::string WrongDay(const std::string& text) {
  const auto day = DayNumber(text);
  return day ? "" : day.error().message;
}

std::string WrongFormat(const std::string& text) {
  const auto raw = ParseRawFormat(text);
  return raw ? "" : raw.error().message;
}

void AddInputOptions(CLI::App& command, WatchOptions& options) {
  command
      .add_option("--channels", options.input.channels,
                  "learn: columns of a table, or ch1,ch2 of a recording (default: all)")
      ->delimiter(',')
      ->type_name("NAMES");
  command
      .add_option("--time", options.input.time,
                  "Column with the time in seconds (default: time, t, timestamp or seconds)")
      ->type_name("NAME");
  command
      .add_option("--rate", options.input.rate_hz, "Readings a second, in place of a time column")
      ->type_name("HZ")
      ->check(CLI::Range(1e-6, 1e7));
  command.add_option("--as", options.input.as, "What the input is; auto: by the file's ending")
      ->check(CLI::IsMember({"auto", "csv", "audio"}))
      ->capture_default_str();
  command
      .add_option("--raw", options.input.raw,
                  "Recording without a header: ENCODING[:RATE[:CHANNELS]], e.g. s16le:16000:1")
      ->type_name("FORMAT")
      ->check(WrongFormat);
}

void AddLearnOptions(CLI::App& command, WatchOptions& options) {
  command.add_option("-o,--out", options.out, "learn: file for the model")->type_name("FILE");
  command.add_option("--window", options.window_s, "learn: seconds of one window")
      ->check(CLI::Range(1e-4, 1e6))
      ->capture_default_str();
  command.add_option("--method", options.method, "learn: how normal running is described")
      ->check(CLI::IsMember({"kmeans", "gmm"}))
      ->capture_default_str();
  command.add_option("--scaling", options.scaling, "learn: robust forgives a few odd windows")
      ->check(CLI::IsMember({"robust", "standard"}))
      ->capture_default_str();
  command
      .add_option("--clusters", options.detector.clusters,
                  "learn: ways of running that are normal, at most")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      .add_option("--quantile", options.detector.quantile,
                  "learn: share of normal windows under the threshold")
      ->check(CLI::Range(0.5, 1.0))
      ->capture_default_str();
  command
      .add_option("--alarm", options.alarm,
                  "learn: an alarm needs N of the last M windows over the threshold")
      ->type_name("N/M")
      ->check(WrongRule)
      ->capture_default_str();
}

}  // namespace

void AddWatch(CLI::App& app, Global& global) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App* command = app.add_subcommand(
      "watch",
      "Learn how a machine sounds or shakes when it runs well, and tell when it does not; "
      "or keep an eye on a microphone");
  command->footer(
      "Examples:\n"
      "  euphone watch learn good.csv --out machine.json\n"
      "  euphone watch run machine.json today.csv\n"
      "  read_sensor | euphone watch run machine.json - --json\n"
      "  euphone watch microphone desk.jsonl takes/*.wav\n"
      "Exit status: 0 fine, 5 alarm; others as for all commands.");
  command->add_option("ACTION", options->action, "learn, run or microphone")
      ->required()
      ->check(CLI::IsMember({"learn", "run", "microphone"}));
  command
      ->add_option("FILE", options->files,
                   "learn: tables (CSV) or recordings; run: MODEL, then one of them; microphone: "
                   "HISTORY, then recordings; - is standard input")
      ->type_name("");
  AddLearnOptions(*command, *options);
  AddInputOptions(*command, *options);
  command->add_option("--threshold", options->threshold, "run: in place of the model's")
      ->check(CLI::Range(1e-9, 1e9));
  command->add_flag("--follow", options->input.follow, "run: wait for more at the end of a table");
  command->add_flag("--all", options->all, "run: a line for every window, to find a threshold");
  command
      ->add_option("--day", options->day,
                   "microphone: day of the recordings, as 2025-11-12 (default: of their files)")
      ->type_name("DAY")
      ->check(WrongDay);
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &global] { global.run = [options] { return Watch(*options); }; });
}

}  // namespace euphone::cli
