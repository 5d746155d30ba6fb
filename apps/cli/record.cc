#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "audio/audio_reader.h"
#include "audio/audio_writer.h"
#include "commands.h"
#include "devices/microphone.h"
#include "record_run.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

struct RecordOptions {
  std::string file;
  std::string device;
  std::optional<double> seconds;
  std::optional<int> rate;
  bool until_silence = false;
  bool force = false;
  bool raw = false;

  bool to_pipe() const { return file == "-"; }
};

std::optional<SampleRate> FileRate(const RecordOptions& options) {
  if (options.rate) return SampleRate{*options.rate};
  return options.raw ? std::optional(kRecordingRate) : std::nullopt;
}

/// What is wrong with the command line or the file's name before anybody speaks.
std::optional<ExitCode> Refused(const RecordOptions& options) {
  if (options.to_pipe() && ::isatty(STDOUT_FILENO) == 1) {
    ReportLine("standard output is the terminal; give it to a program (euphone record - | …)");
    return ExitCode::kUsage;
  }
  if (options.raw && !options.to_pipe()) {
    ReportLine("--raw is for standard output: euphone record - --raw");
    return ExitCode::kUsage;
  }
  if (options.to_pipe()) return std::nullopt;
  if (auto status = CheckWritable(options.file); !status) {
    ReportLine(status.error().message);
    return ExitCode::kUsage;
  }
  std::error_code ignored;
  if (options.force || !fs::exists(options.file, ignored)) return std::nullopt;
  ReportLine(Shortened(options.file) +
             ": it is there already; give another name, or --force to replace it");
  return ExitCode::kBadInput;
}

Result<AudioWriter> OpenWriter(const RecordOptions& options, SampleRate rate) {
  if (!options.to_pipe()) return AudioWriter::Create(options.file, rate, FileRate(options));
  return AudioWriter::ToDescriptor(STDOUT_FILENO, "standard output", rate, FileRate(options),
                                   !options.raw);
}

/// What a learner should know about how the recording sounds.
void Tell(const QualityReport& quality) {
  if (quality.findings.empty()) {
    fmt::print(stderr, "I can hear you well: {:.0f} dB above the background.\n", quality.snr_db);
    return;
  }
  for (const Finding& finding : quality.findings)
    fmt::print(stderr, "{} {}\n", finding.message, finding.advice);
  if (!quality.withheld()) fmt::print(stderr, "I can still hear you.\n");
}

/// What went wrong in a recording that is there all the same.
ExitCode Judge(const Recorded& recorded, const RecordOptions& options) {
  const std::string kept =
      options.to_pipe()
          ? fmt::format("{:.1f} s were given on", recorded.seconds)
          : fmt::format("{:.1f} s are kept in {}", recorded.seconds, Shortened(options.file));
  if (recorded.missing_seconds > 0.0 || recorded.overruns > 0) {
    ReportLine(fmt::format(
        "parts of the recording are missing: this machine was too busy ({} times, {:.1f} s); "
        "close other programs and record again",
        recorded.overruns, recorded.missing_seconds));
  }
  switch (recorded.end) {
    case RecordingEnd::kLost:
      ReportLine("the microphone went away; " + kept +
                 "; plug it in again, and see `euphone devices`");
      return ExitCode::kBadInput;
    case RecordingEnd::kUnwritable:
      ReportLine(recorded.complaint + "; of the recording, up to " + kept);
      return ExitCode::kBadInput;
    case RecordingEnd::kFull:
      ReportLine("a recording is four hours long at most; " + kept);
      return ExitCode::kOk;
    case RecordingEnd::kInterrupted:
      return options.seconds || options.until_silence ? ExitCode::kInterrupted : ExitCode::kOk;
    case RecordingEnd::kAsked:
      return ExitCode::kOk;
  }
  return ExitCode::kOk;
}

ExitCode RunRecord(const RecordOptions& options) {
  if (const auto refused = Refused(options)) return *refused;
  auto microphone = OpenMicrophone(options.device);
  if (!microphone) return Report(microphone.error());
  auto writer = OpenWriter(options, (*microphone)->rate());
  if (!writer) return Report(writer.error());
  if (::isatty(STDERR_FILENO) == 1) {
    fmt::print(stderr, "Speak now.{}\n",
               options.seconds || options.until_silence ? "" : " Ctrl-C ends the recording.");
  }
  auto recorded = Record(**microphone, [&](PcmView samples) { return writer->Write(samples); },
                         {.seconds = options.seconds, .until_silence = options.until_silence});
  if (!recorded) return Report(recorded.error());
  if (auto status = writer->Finish(); !status && recorded->complaint.empty()) {
    recorded->end = RecordingEnd::kUnwritable;
    recorded->complaint = status.error().message;
  }
  const ExitCode code = Judge(*recorded, options);
  if (recorded->end == RecordingEnd::kUnwritable) return code;
  if (!options.to_pipe())
    fmt::print(stderr, "{}: {:.1f} s at {} Hz\n", options.file, recorded->seconds,
               writer->rate().hz);
  Tell(recorded->quality);
  return code;
}

}  // namespace

void AddRecord(CLI::App& app, Global& global) {
  auto options = std::make_shared<RecordOptions>();
  CLI::App* command =
      app.add_subcommand("record", "Record from a microphone, and say how well you can be heard");
  command->footer(
      "Examples:\n"
      "  euphone record take.wav                  Ctrl-C ends it\n"
      "  euphone record take.flac --until-silence\n"
      "  euphone record take.opus --seconds 5 --device USB\n"
      "  euphone record - --seconds 5 | euphone analyze - --text \"Good morning.\"");
  command
      ->add_option("OUT", options->file,
                   "File to write (.wav, .flac, .ogg, .opus); - is standard output, as WAV")
      ->required()
      ->type_name("FILE");
  command->add_option("-s,--seconds", options->seconds, "Stop after so long")
      ->check(CLI::Range(0.1, kLongestRecording))
      ->type_name("N");
  command->add_flag("--until-silence", options->until_silence,
                    "Stop when somebody has spoken and then been silent for 1.5 s");
  command
      ->add_option("-d,--device", options->device,
                   "Microphone: its number or a part of its name, from `euphone devices` "
                   "(default: the system's)")
      ->type_name("NAME");
  command
      ->add_option("--rate", options->rate,
                   "Sampling rate of what is written (default: the microphone's; 16000 with --raw)")
      ->check(CLI::Range(8000, 192000))
      ->type_name("HZ");
  command->add_flag("--raw", options->raw,
                    "Standard output without a header: 16-bit samples, one channel (s16le)");
  command->add_flag("--force", options->force, "Replace a file that is there already");
  command->callback([options, &global] { global.run = [options] { return RunRecord(*options); }; });
}

}  // namespace euphone::cli
