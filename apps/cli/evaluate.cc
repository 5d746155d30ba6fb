#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>

#include "base/file.h"
#include "base/random.h"
#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "evaluate/evaluation_json.h"
#include "evaluate/evaluation_page.h"
#include "evaluate_options.h"
#include "evaluate_part.h"
#include "evaluate_run.h"
#include "evaluate_table.h"
#include "model/bundle.h"
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

CorpusHalf HalfNamed(const std::string& name) {
  return name == "train"  ? CorpusHalf::kTrain
         : name == "test" ? CorpusHalf::kTest
         : name == "both" ? CorpusHalf::kBoth
                          : CorpusHalf::kDefault;
}

/// Beside which file finished recordings are kept; empty where nothing is written.
fs::path PartPath(const EvaluateOptions& options) {
  const std::string& beside = options.predictions.empty() ? options.out : options.predictions;
  return beside.empty() ? fs::path() : fs::path(beside + ".part");
}

/// Changes with everything that a record depends on but the audio: the program, the bundle, the
/// language pack, the user's words, the texts and the seed. Not for secrets.
Result<std::string> KeyOf(const InstallationOptions& installation, const Bundle& bundle,
                          const fs::path& pack, const std::vector<RatedRecording>& recordings,
                          std::uint64_t seed) {
  std::uint64_t key = SeedFor(seed, kVersion);
  for (const BundleFile& file : bundle.manifest().files) key = SeedFor(key, file.sha256);
  std::vector<fs::path> files{"/proc/self/exe"};
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(pack, ignored)) {
    if (entry.is_regular_file(ignored)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (!installation.lexicon.empty()) files.emplace_back(installation.lexicon);
  for (const fs::path& file : files) {
    const auto mapped = MappedFile::Open(file);
    if (!mapped) return mapped.error();
    const auto bytes = mapped->bytes();
    key = SeedFor(key, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  for (const RatedRecording& recording : recordings)
    key = SeedFor(SeedFor(key, recording.utt), InlineText(recording));
  return fmt::format("{:016x}", key);
}

/// Everything that a run works with.
struct Run {
  const EvaluateOptions& options;
  InstallationOptions installation;
  std::size_t jobs;
  std::vector<RatedRecording> recordings;
  std::string distortions_left_out;
};

Result<PartFile> OpenPart(const Run& run, const std::vector<RatedRecording>& all,
                          const Engine& engine) {
  const auto data = FindData(run.installation);
  if (!data) return data.error();
  const auto bundle = OpenAcousticBundle(*data, engine.lexicon->pack(), run.installation);
  if (!bundle) return bundle.error();
  const auto key = KeyOf(run.installation, *bundle, *data / "packs" / run.installation.language,
                         all, run.options.seed);
  if (!key) return key.error();
  const fs::path path = PartPath(run.options);
  auto part = PartFile::Open(path, *key);
  if (part && part->begun_anew()) {
    ReportLine(path.string() +
               ": is of another program, model or corpus, so all recordings are scored again");
  }
  return part;
}

Status RunPasses(Run& run, const Engine& trusting, PartFile& part) {
  if (auto status = ScoreAll(run.recordings, trusting, run.jobs, part); !status) return status;
  if (run.options.stability > 0 && !Interrupted()) {
    auto status = TryDistortions(run.recordings, trusting, run.options, run.jobs, part,
                                 run.distortions_left_out);
    if (!status) return status;
  } else {
    part.records().stability.clear();
  }
  if (!run.options.wrong_text()) part.records().texts.clear();
  if (!run.options.wrong_text() || Interrupted()) return {};
  const Engine doubting{.lexicon = trusting.lexicon,
                        .analyzer = trusting.analyzer.With({}),
                        .model_name = trusting.model_name};
  return TryTexts(run.recordings, doubting, run.jobs, run.options.seed, part);
}

RunDescription Describe(const Run& run, std::string model) {
  const fs::path corpus = fs::path(run.options.corpus).lexically_normal();
  RunDescription described;
  described.program = std::string("euphone ") + kVersion;
  described.model = std::move(model);
  described.corpus = (corpus.has_filename() ? corpus : corpus.parent_path()).filename().string();
  described.half = run.options.half;
  described.limit = run.options.limit;
  described.chosen_speakers = !run.options.speakers.empty();
  described.wrong_text = run.options.wrong_text();
  described.stability = run.options.stability;
  described.distortions_left_out = run.distortions_left_out;
  described.jobs = run.jobs;
  return described;
}

std::string PredictionsOf(const Run& run, const Records& records) {
  std::string lines;
  for (const RatedRecording& recording : run.recordings) {
    const auto found = records.scored.find(recording.utt);
    if (found != records.scored.end()) lines += PredictionLine(found->second.prediction);
  }
  return lines;
}

Status WriteResults(const Run& run, const Records& records, const std::string& document,
                    const std::function<std::string()>& page) {
  if (!run.options.predictions.empty()) {
    auto status = WriteFileAtomically(run.options.predictions, PredictionsOf(run, records));
    if (!status) return status;
  }
  if (!run.options.report.empty()) {
    auto status = WriteFileAtomically(run.options.report, page());
    if (!status) return status;
  }
  if (run.options.out.empty()) return {};
  return WriteFileAtomically(run.options.out, document);
}

ExitCode Stopped(const Run& run, const Records& records) {
  const auto scored = std::count_if(
      run.recordings.begin(), run.recordings.end(),
      [&](const RatedRecording& recording) { return records.scored.contains(recording.utt); });
  ReportLine(fmt::format("stopped after {} of {} recordings; the same command goes on from there",
                         scored, run.recordings.size()));
  return ExitCode::kInterrupted;
}

/// Says how much is missing from the figures.
ExitCode Missing(const Coverage& coverage) {
  if (coverage.missing.empty()) return ExitCode::kOk;
  const Coverage::Missing& first = coverage.missing.front();
  ReportLine(fmt::format("{} of {} recordings were not scored, first {}: {}",
                         coverage.missing.size(), coverage.recordings, Shortened(first.utt),
                         first.reason));
  return coverage.scored > 0 ? ExitCode::kOk : ExitCode::kNotScored;
}

ExitCode Finish(const Run& run, const std::string& model, PartFile& part) {
  const EvaluateOptions& options = run.options;
  EvaluationOptions settings;
  settings.seed = options.seed;
  settings.flag_below = options.flag_below;
  const Evaluation evaluation = Evaluate(run.recordings, part.records(), settings);
  const RunDescription described = Describe(run, model);
  const std::string document = EvaluationJson(evaluation, described, settings);
  const auto page = [&] {
    return EvaluationPage(evaluation, described, settings, run.recordings, part.records());
  };
  if (auto status = WriteResults(run, part.records(), document, page); !status)
    return Report(status.error());
  part.Remove();
  const ExitCode missing = Missing(evaluation.coverage);
  const std::string table =
      options.json ? document : EvaluationTable(evaluation, UseColour(ColourMode::kAuto));
  return Worse(missing, Show(table));
}

ExitCode Evaluate(const EvaluateOptions& options, InstallationOptions installation) {
  if (const std::string problem = Contradiction(options); !problem.empty()) {
    ReportLine(problem);
    return ExitCode::kUsage;
  }
  if (!options.bundle.empty()) {
    if (!installation.model.empty() && installation.model != options.bundle) {
      ReportLine("--bundle: --model names another one; leave one out");
      return ExitCode::kUsage;
    }
    installation.model = options.bundle;
  }
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  auto all = ReadRatedCorpus(options.corpus, HalfNamed(options.half));
  if (!all) return Report(all.error());
  auto chosen = Chosen(*all, options);
  if (!chosen) return Report(chosen.error());
  Run run{options,
          std::move(installation),
          options.jobs > 0 ? options.jobs : Cores(),
          *std::move(chosen),
          {}};
  AnalyzerConfig config;
  config.trust_text = true;
  const auto trusting = OpenWatchedEngine(run.installation, config);
  if (!trusting) {
    ReportLine(trusting.error().message);
    return ExitCode::kBroken;
  }
  auto part = OpenPart(run, *all, *trusting);
  if (!part) return Report(part.error());
  if (auto status = RunPasses(run, *trusting, *part); !status) return Report(status.error());
  if (Interrupted()) return Stopped(run, part->records());
  return Finish(run, trusting->model_name, *part);
}

void AddChoices(CLI::App& command, EvaluateOptions& options) {
  command.add_option("--bundle", options.bundle, "The acoustic bundle to judge, as --model")
      ->type_name("NAME");
  command
      .add_option("--half", options.half,
                  "Half of speechocean762 in its original layout (default: test, if it is there)")
      ->check(CLI::IsMember({"train", "test", "both"}));
  command
      .add_option("--speakers", options.speakers,
                  "Only these speakers: a name on each line, or a JSON list")
      ->type_name("FILE");
  command.add_option("--limit", options.limit, "Only the first N recordings: a quick look")
      ->check(CLI::Range(1, 10'000'000))
      ->type_name("N");
  command
      .add_option("-j,--jobs", options.jobs,
                  "Recordings analysed at a time (default: the number of cores)")
      ->check(CLI::Range(1, 256));
  command
      .add_option("--flag-below", options.flag_below,
                  "A word predicted below this counts as flagged, 0 to 10")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command
      .add_option("--stability", options.stability,
                  "Recordings that are also scored distorted; 0: none")
      ->check(CLI::Range(0, 10'000'000))
      ->capture_default_str();
  command.add_option("--skip", options.skip, "Leave out a part of the evaluation")
      ->check(CLI::IsMember({"wrong-text"}));
  command.add_option("--seed", options.seed, "Of everything that is drawn")->capture_default_str();
}

}  // namespace

void AddEvaluate(CLI::App& app, Global& global) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* command = app.add_subcommand(
      "evaluate", "Measure how well the scores agree with human raters on a rated corpus");
  command->footer(
      "Examples:\n"
      "  euphone evaluate --corpus speechocean762 --out results.json --report report.html\n"
      "  euphone evaluate --corpus mine --json --limit 100 --skip wrong-text --stability 0\n"
      "A run that was stopped goes on where it was when the same command is given again.");
  command
      ->add_option("--corpus", options->corpus,
                   "Folder with scores.jsonl and audio/, or speechocean762 as published")
      ->required()
      ->type_name("DIR");
  command->add_option("-o,--out", options->out, "Write the figures into this JSON file")
      ->type_name("FILE");
  command
      ->add_option("--predictions", options->predictions, "Write all scores, one recording a line")
      ->type_name("FILE");
  command->add_option("--report", options->report, "Write a page to look at, HTML in one file")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "Print the figures as JSON instead of a table");
  AddChoices(*command, *options);
  command->callback([options, &global] {
    global.run = [options, &global] { return Evaluate(*options, global.installation); };
  });
}

}  // namespace euphone::cli
