#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "commands.h"
#include "devices/recording_input.h"
#include "live/event_json.h"
#include "live/live_runner.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

struct LiveOptions {
  std::string text;
  std::string from;
  double speed = 1.0;
  bool events = false;
};

ExitCode RunLive(const Global& global, const LiveOptions& options) {
  auto engine = OpenEngine(global.installation, {});
  if (!engine) return Report(engine.error());
  auto parts = OpenLiveParts(global.installation, engine->lexicon);
  if (!parts) return Report(parts.error());
  auto recording = ReadRecording(options.from);
  if (!recording) return Report(recording.error());
  RecordingInput input(std::move(recording->samples), kRecordingRate, {.speed = options.speed});
  LiveConfig config;
  config.final_model = engine->model_name;
  const PhoneSet& phones = engine->phones();
  auto runner = LiveRunner::Start(
      *std::move(parts), config, engine->analyzer, options.text, input,
      {.event = [&](const Event& event) { Print(WriteEvent(event, phones)); }},
      {.reproducible = options.speed == 0.0});
  if (!runner) return Report(runner.error());
  (*runner)->Wait(Interrupted);
  (*runner)->Stop();
  return ExitCode::kOk;
}

}  // namespace

void AddLive(CLI::App& app, Global& global) {
  auto options = std::make_shared<LiveOptions>();
  CLI::App* live = app.add_subcommand("live", "Follow a reader while he speaks");
  live->add_option("--text", options->text, "What is read")->required();
  live->add_option("--from", options->from, "A recording in place of the microphone")->required();
  live->add_flag("--events", options->events, "JSON lines");
  live->add_option("--speed", options->speed, "Times real time; 0: as fast as it goes");
  live->callback([&global, options] { global.run = [&global, options] { return RunLive(global, *options); }; });
}

}  // namespace euphone::cli
