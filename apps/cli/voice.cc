#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "audio/audio_reader.h"
#include "batch.h"
#include "commands.h"
#include "cores.h"
#include "job_list.h"
#include "progress.h"
#include "report/format.h"
#include "standard_input.h"
#include "terminal.h"
#include "voice/clipping.h"
#include "voice_report.h"

namespace euphone::cli {
namespace {

constexpr SampleRate kHighestRate{48000};  // Above, nothing of a voice is left to be heard.
constexpr int kPlainRateHz = 16000;

struct VoiceCommand {
  std::vector<std::string> audio;
  VoiceOptions options;
  std::string colour = "auto";
  double max_seconds = 300.0;
  bool json = false;
};

/// Why figures may be off, a line each.
std::vector<std::string> WarningsOn(const Recording& recording) {
  std::vector<std::string> warnings;
  const SourceFormat& source = recording.source;
  const double clipped = ClippedShare(recording.samples);
  if (clipped >= kMostClippedShare) {
    warnings.push_back(fmt::format(
        "The recording is too loud: {:.1f} % of it is cut off, which changes shimmer and HNR. Turn "
        "the microphone down and record again.",
        100.0 * clipped));
  }
  if (source.rate.hz < kPlainRateHz) {
    warnings.push_back(fmt::format(
        "The recording has only {} samples a second: noise above {} Hz is not in it, so HNR comes "
        "out too high. Record at 44100.",
        source.rate.hz, source.rate.hz / 2));
  }
  if (source.encoding == "opus" || source.encoding == "vorbis" || source.encoding == "mp3") {
    warnings.push_back("The recording was compressed (" + source.encoding +
                       "), which changes shimmer and HNR a little. Record WAV or FLAC.");
  }
  if (source.truncated) {
    warnings.push_back(
        "The recording stops before its own length says; what is missing was not measured.");
  }
  return warnings;
}

Outcome MeasureOne(const VoiceCommand& command, const Job& job, bool colour) {
  const ReadOptions read{.max_seconds = command.max_seconds,
                         .raw = std::nullopt,
                         .stop = InterruptDescriptor(),
                         .keep_up_to = kHighestRate};
  auto recording = job.audio == "-" ? ReadRecording(STDIN_FILENO, "standard input", read)
                                    : ReadRecording(job.audio, read);
  const auto failed = [&](const Error& error) {
    const ExitCode code =
        error.code == Errc::kUnsupported && recording ? ExitCode::kNotScored : CodeFor(error);
    return Outcome{.code = code, .documents = {}, .complaint = error.message};
  };
  if (!recording) {
    Error error = recording.error();
    if (error.code == Errc::kTooLarge) error.message += ", or raise --max-seconds";
    return failed(error);
  }
  auto vowels = MeasureVoice(recording->samples, recording->rate, command.options);
  if (!vowels) return failed(Prefixed(Shortened(job.id), vowels.error()));
  const VoiceReport report{.id = job.id,
                           .source = recording->source,
                           .rate = recording->rate,
                           .options = command.options,
                           .vowels = *std::move(vowels),
                           .warnings = WarningsOn(*recording)};
  return {
      .code = ExitCode::kOk,
      .documents = {command.json ? VoiceJson(report) : VoiceTable(report, colour, TerminalWidth())},
      .complaint = {}};
}

std::string VoiceHeading(const std::string& id, bool colour) {
  const std::string name = OneLine(id);
  return colour ? fmt::format("\n\033[1m{}\033[0m\n", name) : fmt::format("\n{}\n", name);
}

std::vector<Job> JobsOf(const VoiceCommand& command) {
  std::vector<Job> jobs;
  for (const std::string& audio : command.audio) {
    jobs.push_back(
        {.audio = audio, .text = {}, .id = DefaultId(audio), .text_name = {}, .file_name = {}});
  }
  MakeIdsUnique(jobs);
  return jobs;
}

std::string WrongOptions(const VoiceCommand& command) {
  const VoiceOptions& options = command.options;
  if (options.from_s && options.to_s && *options.from_s >= *options.to_s)
    return "--from must be before --to";
  if (options.pitch.ceiling_hz < 1.5 * options.pitch.floor_hz)
    return "--ceiling must be at least one and a half times --floor";
  if (std::ranges::count(command.audio, "-") > 1) return "standard input (-) can be read only once";
  return {};
}

ExitCode Voice(const VoiceCommand& command) {
  if (const std::string wrong = WrongOptions(command); !wrong.empty()) {
    ReportLine(wrong);
    return ExitCode::kUsage;
  }
  if (std::ranges::count(command.audio, "-") > 0)
    AnnounceStandardInput("a recording (pipe one in)");
  const std::vector<Job> jobs = JobsOf(command);
  const bool colour = UseColour(command.colour == "always"  ? ColourMode::kAlways
                                : command.colour == "never" ? ColourMode::kNever
                                                            : ColourMode::kAuto);
  Progress progress("Measuring", jobs.size());
  progress.Update(0);
  ExitCode worst = ExitCode::kOk;
  std::size_t done = 0;
  RunInOrder(
      jobs.size(), Cores(),
      [&](std::size_t index) { return MeasureOne(command, jobs[index], colour); },
      [&](std::size_t index, const Outcome& outcome) {
        if (Interrupted() && outcome.code == ExitCode::kBadInput) return false;
        progress.Clear();
        worst = Worse(worst, outcome.code);
        if (!outcome.documents.empty()) {
          const bool headed = !command.json && jobs.size() > 1;
          const std::string heading = headed ? VoiceHeading(jobs[index].id, colour) : "";
          const ExitCode shown = Show(heading + outcome.documents.front());
          worst = Worse(worst, shown);
          if (shown != ExitCode::kOk) return false;
        }
        if (!outcome.complaint.empty()) ReportLine(outcome.complaint);
        done = index + 1;
        progress.Update(done);
        return true;
      });
  progress.Clear();
  if (!Interrupted()) return worst;
  ReportLine(fmt::format("stopped after {} of {} recordings; their results are complete", done,
                         jobs.size()));
  return ExitCode::kInterrupted;
}

}  // namespace

void AddVoice(CLI::App& app, Global& global) {
  auto options = std::make_shared<VoiceCommand>();
  CLI::App* command = app.add_subcommand(
      "voice", "Measure held vowels: pitch, jitter, shimmer, harmonics-to-noise ratio, intensity");
  command->footer(
      "Examples:\n"
      "  euphone voice aah.wav\n"
      "  euphone voice aah.wav --from 0.5 --to 2.5\n"
      "  euphone voice monday.wav tuesday.wav --json > voice.jsonl\n"
      "Definitions and settings are those of Praat. The figures are no diagnosis.");
  command
      ->add_option(
          "RECORDING", options->audio,
          "Recordings of a vowel held on one note, such as 'aah' (best: WAV or FLAC); - is "
          "standard input")
      ->required()
      ->type_name("");
  command->add_flag("--json", options->json, "One JSON document per recording, each on a line");
  command
      ->add_option("--from", options->options.from_s,
                   "Measure from here on, in seconds, instead of looking for held vowels")
      ->type_name("S")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--to", options->options.to_s, "Measure up to here, in seconds")
      ->type_name("S")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--floor", options->options.pitch.floor_hz,
                   "Lowest pitch that is looked for, Hz; a child: 150")
      ->type_name("HZ")
      ->check(CLI::Range(30.0, 500.0))
      ->capture_default_str();
  command->add_option("--ceiling", options->options.pitch.ceiling_hz, "Highest pitch, Hz")
      ->type_name("HZ")
      ->check(CLI::Range(100.0, 1500.0))
      ->capture_default_str();
  command->add_option("--max-seconds", options->max_seconds, "Refuse longer recordings")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command->add_option("--color,--colour", options->colour, "When to colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->callback([options, &global] { global.run = [options] { return Voice(*options); }; });
}

}  // namespace euphone::cli
