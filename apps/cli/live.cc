#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "assembly/user_folder.h"
#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "live_lesson.h"
#include "live_lines.h"
#include "live_plan.h"
#include "live_stage.h"
#include "reference/flite_voice.h"
#include "terminal.h"
#include "update_watch.h"

namespace euphone::cli {
namespace {

/// Of Endpointing.
constexpr double kFramesPerSecond = 1000.0 / 12.0;

std::optional<HandsFreeConfig> CommandsOf(const LiveOptions& options) {
  if (!options.hands_free) return std::nullopt;
  HandsFreeConfig config;
  config.wake = options.wake.value_or(config.wake);
  return config;
}

Result<LiveStage> SetStage(const LiveOptions& options, LivePlan plan, Engine engine,
                           const InstallationOptions& installation) {
  auto parts = OpenLiveParts(installation, engine.lexicon);
  if (!parts) return parts.error();
  LiveConfig config = LiveConfigFor(*parts, engine.model_name);
  if (options.patience)
    config.endpointing.patience = static_cast<std::size_t>(*options.patience * kFramesPerSecond);
  config.commands = CommandsOf(options);
  std::optional<TakeSaver> saver;
  if (!options.save.empty()) {
    auto opened = TakeSaver::Open(options.save, plan.items.size(), engine.phones());
    if (!opened) return opened.error();
    saver = *std::move(opened);
  }
  std::unique_ptr<LearnerLog> log;
  if (!options.learner.empty()) {
    auto opened = LearnerLog::Open(options.store, options.learner, engine.phones());
    if (!opened) return opened.error();
    log = *std::move(opened);
  }
  auto inputs = LiveInputs::Open(options);
  if (!inputs) return inputs.error();
  return LiveStage{
      std::move(engine), *std::move(parts),  std::move(config),
      std::move(plan),   *std::move(inputs), options.lesson,
      std::move(saver),  std::move(log),     monitor::TelemetryLog::Open(TelemetryFolder())};
}

/// The learner waits for the result of a sentence, and says nothing meanwhile: all cores are free.
InstallationOptions ForResults(InstallationOptions options) {
  constexpr unsigned kMost = 4;  // As many as a small board has; more were not measured.
  if (!options.threads) options.threads = static_cast<int>(std::min(Cores(), kMost));
  return options;
}

ExitCode RunLive(const LiveOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  auto plan = MakeLivePlan(options, installation, CanShowScreen());
  if (!plan) return Interrupted() ? ExitCode::kInterrupted : Report(plan.error());
  const auto lesson = HeldForLesson();
  // A small board reads the models for some seconds; the screen begins when they are there.
  const bool screen = plan->mode == LiveMode::kScreen;
  if (screen) Print("One moment: getting ready to listen ...\r");
  auto engine = OpenWatchedEngine(ForResults(installation), {});
  if (screen) Print("\x1b[K");
  if (!engine) {
    ReportLine(engine.error().message);
    return ExitCode::kBroken;
  }
  auto stage = SetStage(options, *std::move(plan), *std::move(engine), installation);
  if (!stage) return Interrupted() ? ExitCode::kInterrupted : Report(stage.error());
  return stage->plan.mode == LiveMode::kScreen ? RunLiveLesson(*stage, options)
                                               : RunLiveLines(*stage, options);
}

void AddLiveText(CLI::App& command, LiveOptions& options) {
  command.add_option("-t,--text", options.texts,
                     "What is to be read; repeat it for several things, one after the other");
  command
      .add_option("-T,--text-file", options.text_file,
                  "The same, from a UTF-8 file; - is standard input")
      ->type_name("FILE");
  command
      .add_option("-l,--lesson", options.lesson,
                  "Sentences of a lesson: everyday, minimal-pairs, or a file or folder of your own")
      ->type_name("PACK");
}

void AddLiveInput(CLI::App& command, LiveOptions& options) {
  command
      .add_option("-d,--device", options.device,
                  "Microphone: its number or a part of its name, from `euphone devices` (default: "
                  "the system's)")
      ->type_name("NAME");
  command
      .add_option("--from", options.from,
                  "Hear a recording in place of the microphone; - is standard input: WAV or 16-bit "
                  "samples, as they come. On the screen one for each --text")
      ->type_name("FILE");
  command
      .add_option(
          "--speed", options.speed,
          "A recording's speed, times real time; 0: as fast as it goes, and each run writes "
          "the same (default: 1)")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("N");
  command
      .add_option("--rate", options.rate,
                  "Sampling rate of --from - where it has no header (default: 16000)")
      ->check(CLI::Range(4000, 768000))
      ->type_name("HZ");
}

void AddLiveVoice(CLI::App& command, LiveOptions& options) {
  command
      .add_option("--loudspeaker", options.loudspeaker,
                  "For the screen's keys o and m: its number or a part of its name, from `euphone "
                  "devices` (default: the system's)")
      ->type_name("NAME");
  std::vector<std::string> voices;
  for (const FliteVoiceInfo& voice : FliteVoices()) voices.emplace_back(voice.name);
  command
      .add_option("--voice", options.voice,
                  "Who reads to you (default: the first of `euphone say --voices`)")
      ->check(CLI::IsMember(voices));
}

void AddLiveCommands(CLI::App& command, LiveOptions& options) {
  command.add_flag("--hands-free", options.hands_free,
                   "Hear spoken commands: next, again, repeat slowly, stop, go back");
  command
      .add_option("--wake", options.wake,
                  "What to say before a command while you read; for --hands-free (default: " +
                      HandsFreeConfig{}.wake + ")")
      ->type_name("TEXT");
}

void AddLiveOutput(CLI::App& command, LiveOptions& options) {
  command.add_flag("--events", options.events, "Write every event as a line of JSON");
  command.add_flag("--plain", options.plain,
                   "Write what happens in words, line by line; so it is where standard output is "
                   "no terminal");
  command
      .add_option("--save", options.save,
                  "Keep each take in this folder: WAV, and its analysis as JSON")
      ->type_name("DIR");
  command
      .add_option("--learner", options.learner,
                  "Keep each take in the store, as this learner's (euphone store log)")
      ->type_name("NAME");
  AddStoreOptions(command, options.store);
  command
      .add_option("--patience", options.patience,
                  "Silence in the middle of a sentence after which it counts as ended, in seconds "
                  "(default: 6)")
      ->check(CLI::Range(0.5, 60.0))
      ->type_name("S");
  command.add_flag("--until-done", options.until_done,
                   "End after the last sentence; else a microphone is heard until Ctrl-C");
}

}  // namespace

void AddLive(CLI::App& app, Global& global) {
  auto options = std::make_shared<LiveOptions>();
  CLI::App* command =
      app.add_subcommand("live", "Read aloud and see at once how well each word is said");
  command->footer(
      "Examples:\n"
      "  euphone live --text \"I think so.\"\n"
      "  euphone live --lesson everyday --save takes\n"
      "  euphone live --lesson everyday --learner Ana\n"
      "  euphone live --lesson everyday --hands-free\n"
      "  euphone live --text-file page.txt --plain --until-done\n"
      "  euphone live --text \"I think so.\" --from take.wav --events --speed 0\n"
      "  arecord -f S16_LE -r 16000 | euphone live --text-file page.txt --from - --plain");
  AddLiveText(*command, *options);
  AddLiveInput(*command, *options);
  AddLiveVoice(*command, *options);
  AddLiveCommands(*command, *options);
  AddLiveOutput(*command, *options);
  command->callback([options, &global] {
    if (const std::string problem = LiveContradiction(*options); !problem.empty())
      throw CLI::ValidationError(problem);
    global.run = [options, &global] { return RunLive(*options, global.installation); };
  });
}

}  // namespace euphone::cli
