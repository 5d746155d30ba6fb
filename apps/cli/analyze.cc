#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "analyze_plan.h"
#include "analyze_run.h"
#include "assembly/user_folder.h"
#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "standard_input.h"
#include "terminal.h"
#include "watch_microphone.h"

namespace euphone::cli {
namespace {

ExitCode Stop(const Problem& problem) {
  ReportLine(problem.message);
  return problem.code;
}

ExitCode Analyze(const AnalyzeOptions& options, const InstallationOptions& installation) {
  if (const std::string problem = Contradiction(options); !problem.empty())
    return Stop({ExitCode::kUsage, problem});
  if (const auto wrong = WrongChoice(installation)) return Stop(*wrong);
  if (const auto wrong = WrongLexicon(installation)) return Stop(*wrong);
  auto plan = MakePlan(options);
  if (!plan) return Interrupted() ? ExitCode::kInterrupted : Report(plan.error());
  AnalyzerConfig config;
  config.trust_text = options.trust_text;
  if (!options.microphone.empty()) {
    auto known = ReadKnownMicrophone(options.microphone);
    if (!known) return Report(known.error());
    config.microphone = std::make_shared<KnownMicrophone>(*std::move(known));
  }
  auto engine = OpenWatchedEngine(installation, config);
  if (!engine) return Stop({ExitCode::kBroken, engine.error().message});
  if (NeedsRecogniser(*plan)) {
    auto recogniser = OpenInstalledRecogniser(installation);
    if (!recogniser) return Stop({ExitCode::kBroken, recogniser.error().message});
    engine->recogniser = *std::move(recogniser);
  }
  if (std::any_of(plan->jobs.begin(), plan->jobs.end(),
                  [](const Job& job) { return job.audio == "-"; })) {
    AnnounceStandardInput("a recording, which has to be piped in,");
  }
  if (!options.learner.empty()) {
    auto log = LearnerLog::Open(options.store, options.learner, engine->phones());
    if (!log) return Report(log.error());
    plan->log = *std::move(log);
    plan->telemetry = monitor::TelemetryLog::Open(TelemetryFolder());
  }
  return RunPlan(*plan, *engine, options.jobs > 0 ? options.jobs : Cores());
}

/// What is wrong with a --raw; empty if nothing is.
std::string WrongRawFormat(const std::string& text) {
  const auto raw = ParseRawFormat(text);
  return raw ? std::string() : raw.error().message;
}

}  // namespace

void AddAnalyze(CLI::App& app, Global& global) {
  auto options = std::make_shared<AnalyzeOptions>();
  CLI::App* command =
      app.add_subcommand("analyze", "Score recordings of somebody reading a text aloud");
  command->footer(
      "Examples:\n"
      "  euphone analyze take.wav --text \"The quick brown fox.\"\n"
      "  euphone analyze take.wav --text \"Meet {Nguyen|W IH1 N}.\" --format json\n"
      "  euphone analyze talk.wav --free\n"
      "  euphone analyze --manifest class.tsv --format json --format textgrid --out results\n"
      "  euphone record - --seconds 5 | euphone analyze - --text-file page.txt\n");
  command
      ->add_option("FILE", options->files,
                   "Recordings (WAV, FLAC, Ogg, Opus, MP3, AIFF); - is standard input")
      ->type_name("");
  command->add_option("-t,--text", options->text, "What was to be read");
  command
      ->add_option("-T,--text-file", options->text_file,
                   "The same, from a UTF-8 file; - is standard input")
      ->type_name("FILE");
  command->add_flag("--free", options->free,
                    "Nothing was to be read: score what a recogniser writes down of the speech");
  command
      ->add_option("-m,--manifest", options->manifest,
                   "List of recordings: FILE <tab> TEXT [<tab> ID] on each line (with --free, "
                   "TEXT may be missing), - is standard input; or a data folder of Kaldi, or a "
                   "manifest of Lhotse")
      ->type_name("FILE");
  command
      ->add_option("--id", options->id,
                   "Name of the recording in results (default: the file's name)")
      ->type_name("NAME");
  std::vector<std::string> names;
  for (const ReportFormat& format : kReportFormats) names.emplace_back(format.name);
  command
      ->add_option("-f,--format", options->formats,
                   "Output format; repeat it with --out for several")
      ->check(CLI::IsMember(names))
      ->default_val(std::vector<std::string>{"terminal"});
  command->add_option("-o,--out", options->out, "Write ID.EXTENSION files into this folder")
      ->type_name("DIR");
  command
      ->add_option(
          "--learner", options->learner,
          "Keep recordings and results in the store, as this learner's (euphone store log)")
      ->type_name("NAME");
  AddStoreOptions(*command, options->store);
  command
      ->add_option("--raw", options->raw,
                   "Input without a header: ENCODING[:RATE[:CHANNELS]], e.g. s16le:16000:1")
      ->type_name("FORMAT")
      ->check(WrongRawFormat);
  command->add_option("--max-seconds", options->max_seconds, "Refuse longer recordings")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option("-j,--jobs", options->jobs,
                   "Recordings analysed at a time (default: the number of cores)")
      ->check(CLI::Range(1, 256));
  command
      ->add_option("--alphabet", options->alphabet,
                   "Phones in textgrid, elan, audacity, ctm and azure")
      ->check(CLI::IsMember({"arpabet", "ipa"}))
      ->capture_default_str();
  command->add_option("--color,--colour", options->colour, "When to colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->add_flag("-v,--verbose", options->verbose, "Show every sound");
  command->add_flag("--label-phones,--ctm-phones", options->label_phones,
                    "ctm, audacity: phones instead of words");
  command->add_flag("--trust-text", options->trust_text,
                    "Take every word as read, as in a corpus: no omissions, no other text");
  command
      ->add_option("--microphone", options->microphone,
                   "History that `euphone watch microphone` keeps: say so where the microphone is "
                   "no longer what it was")
      ->type_name("FILE");
  command->add_flag("--compact", options->compact, "json, azure: one line per recording");
  command->callback([options, &global] {
    global.run = [options, &global] { return Analyze(*options, global.installation); };
  });
}

}  // namespace euphone::cli
