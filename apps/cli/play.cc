#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "audio/audio_reader.h"
#include "audio/time_stretch.h"
#include "commands.h"
#include "play_run.h"

namespace euphone::cli {
namespace {

constexpr double kLongestSeconds = 4.0 * 3600.0;

struct PlayOptions {
  std::string file;
  std::string device;
  double from = 0.0;
  std::optional<double> to;
  double speed = 1.0;
};

ExitCode Play(const PlayOptions& options) {
  if (options.to && *options.to <= options.from) {
    ReportLine(fmt::format("--to {} must come after --from {}", *options.to, options.from));
    return ExitCode::kUsage;
  }
  const auto recording =
      ReadRecording(options.file, {.max_seconds = kLongestSeconds, .keep_up_to = kMaxRate});
  if (!recording) return Report(recording.error());
  const SampleRate rate = recording->source.rate;
  const auto place = [&](double seconds) {
    return std::min(recording->samples.size(), static_cast<std::size_t>(seconds * rate.hz + 0.5));
  };
  const std::size_t begin = place(options.from);
  const std::size_t end = options.to ? place(*options.to) : recording->samples.size();
  if (begin >= end) {
    ReportLine(fmt::format("{}: there is nothing to play from {} s on; it is {:.1f} s long",
                           Shortened(options.file), options.from, recording->source.seconds));
    return ExitCode::kBadInput;
  }
  const PcmView part = PcmView(recording->samples).subspan(begin, end - begin);
  const auto samples = StretchTime(part, rate, options.speed);
  if (!samples) return Report(samples.error());
  return PlayToEnd(options.device, *samples, rate);
}

}  // namespace

void AddPlay(CLI::App& app, Global& global) {
  auto options = std::make_shared<PlayOptions>();
  CLI::App* command =
      app.add_subcommand("play", "Play a recording, or a part of it, slowly if wanted");
  command->footer(
      "Examples:\n"
      "  euphone play take.wav\n"
      "  euphone play take.wav --from 1.2 --to 1.8 --speed 0.5");
  command->add_option("FILE", options->file, "Recording (WAV, FLAC, Ogg, Opus, MP3, AIFF)")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("-d,--device", options->device,
                   "Loudspeaker: its number or a part of its name, from `euphone devices` "
                   "(default: the system's)")
      ->type_name("NAME");
  command->add_option("--from", options->from, "Begin at this second")
      ->check(CLI::Range(0.0, kLongestSeconds))
      ->type_name("S");
  command->add_option("--to", options->to, "End at this second")
      ->check(CLI::Range(0.0, kLongestSeconds))
      ->type_name("S");
  command->add_option("--speed", options->speed, "Slower (below 1) or faster at the same pitch")
      ->check(CLI::Range(0.5, 2.0))
      ->capture_default_str()
      ->type_name("N");
  command->callback([options, &global] { global.run = [options] { return Play(*options); }; });
}

}  // namespace euphone::cli
