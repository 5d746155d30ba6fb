#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench_run.h"
#include "bundle_bench.h"
#include "choices.h"
#include "commands.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

struct BenchPlan {
  std::vector<std::string> bundles;
  BenchOptions bench;
  bool json = false;
};

std::string Shown(std::optional<double> value, const char* format) {
  return value ? fmt::format(fmt::runtime(format), *value) : "–";
}

std::string BenchRow(const BundleFigures& f) {
  const double factor = f.median_ms / (1000.0 * f.audio_seconds);
  return fmt::format(
      "{:<24} {:>6.1f} {:>6.0f} {:>7.1f} {:>7.1f} {:>7.4f} {:>6.0f} {:>7} {:>6} {:>6} {:>6}\n",
      f.name, f.megabytes, f.open_ms, f.median_ms, f.slow_ms, factor, f.peak_mb,
      Shown(f.live_share, "{:.4f}"), Shown(f.phone_pcc, "{:.3f}"), Shown(f.word_pcc, "{:.3f}"),
      Shown(f.sentence_pcc, "{:.3f}"));
}

std::string BenchHeading() {
  return fmt::format("{:<24} {:>6} {:>6} {:>7} {:>7} {:>7} {:>6} {:>7} {:>6} {:>6} {:>6}\n",
                     "bundle", "MB", "open", "median", "p95", "× real", "peak", "live", "phone",
                     "word", "total");
}

std::string JsonLine(const BundleFigures& f) {
  const auto number = [](std::optional<double> value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
  };
  const nlohmann::ordered_json line = {
      {"name", f.name},
      {"megabytes", f.megabytes},
      {"open_ms", f.open_ms},
      {"first_ms", f.first_ms},
      {"median_ms", f.median_ms},
      {"p95_ms", f.slow_ms},
      {"audio_seconds", f.audio_seconds},
      {"real_time_factor", f.median_ms / (1000.0 * f.audio_seconds)},
      {"peak_mb", f.peak_mb},
      {"live_share", number(f.live_share)},
      {"phone_pcc", number(f.phone_pcc)},
      {"word_pcc", number(f.word_pcc)},
      {"sentence_pcc", number(f.sentence_pcc)}};
  return line.dump() + "\n";
}

ExitCode CompareBundles(BenchPlan plan, InstallationOptions installation) {
  const auto data = FindData(installation);
  if (!data) {
    ReportLine(data.error().message);
    return ExitCode::kBroken;
  }
  if (plan.bundles.empty()) plan.bundles = InstalledModels(*data);
  Progress progress("Measuring", plan.bundles.size());
  ExitCode worst = plan.json ? ExitCode::kOk : Show(BenchHeading());
  for (std::size_t i = 0; i < plan.bundles.size() && !Interrupted(); ++i) {
    progress.Update(i);
    installation.model = plan.bundles[i];
    const auto figures = MeasureBundle(installation, plan.bench);
    progress.Clear();
    worst = Worse(worst, figures ? Show(plan.json ? JsonLine(*figures) : BenchRow(*figures))
                                 : Report(figures.error()));
  }
  return Interrupted() ? ExitCode::kInterrupted : worst;
}

void AddAsked(CLI::App& command, BenchAsk& ask) {
  auto* quick = command.add_flag_callback(
      "--quick", [&ask] { ask.effort = BenchEffort::kQuick; }, "About 10 seconds");
  command
      .add_flag_callback(
          "--full", [&ask] { ask.effort = BenchEffort::kFull; }, "About 5 minutes")
      ->excludes(quick);
  auto* recording =
      command
          .add_option("--recording", ask.recording,
                      "Time the analysis of this; a few seconds of clear speech (default: a text "
                      "that the program's own voice says)")
          ->type_name("FILE");
  command.add_option("--text", ask.text, "What is read in it")->type_name("TEXT")->needs(recording);
  recording->needs(command.get_option("--text"));
  command.add_option("--json", ask.out.json, "Write the document there; - is standard output")
      ->type_name("FILE");
  command.add_option("--html", ask.out.html, "Write a page with drawings there")->type_name("FILE");
}

void AddRated(CLI::App& command, std::string& corpus, std::string& speakers, std::size_t& limit) {
  command.add_option("--corpus", corpus, "Rated recordings, as for evaluate")->type_name("DIR");
  command
      .add_option("--speakers", speakers,
                  "Only these speakers of it: a name on each line, or a JSON list")
      ->type_name("FILE");
  command.add_option("--limit", limit, "Only the first N of them")
      ->check(CLI::Range(1, 10'000'000))
      ->type_name("N");
}

void AddCompare(CLI::App& bench, Global& global) {
  auto ask = std::make_shared<CompareAsk>();
  CLI::App* compare = bench.add_subcommand(
      "compare", "Two programs, or two bundles, in turns in one run: which is faster");
  compare->footer(
      "A is the other program, or the first bundle; B is this program, or the second one.\n"
      "Examples:\n"
      "  euphone bench compare --against /usr/bin/euphone\n"
      "  euphone bench compare --bundle en-us-standard --bundle en-us-tiny --json -");
  compare->add_option("--against", ask->against, "Another program, to be compared with this one")
      ->check(CLI::ExistingFile)
      ->type_name("PROGRAM");
  compare
      ->add_option("--bundle", ask->bundles,
                   "Given twice, the two that are compared: names under models/ or paths")
      ->allow_extra_args(false)
      ->type_name("NAME");
  AddAsked(*compare, *ask);
  compare->callback([ask, &global] {
    global.run = [ask, &global] { return BenchCompare(*ask, global.installation); };
  });
}

void AddBundles(CLI::App& bench, Global& global) {
  auto plan = std::make_shared<BenchPlan>();
  CLI::App* models = bench.add_subcommand(
      "models", "Model bundles beside each other: size, time, memory, agreement with raters");
  models->footer(
      "Example:\n  euphone bench models --recording me.wav --text \"What I read.\"\n"
      "Columns: MB on disk; ms to open, median and 95th percentile of an analysis; times real "
      "time;\npeak memory in MB; share of a core while listening; correlation with raters "
      "(--corpus)\nfor sounds, words and sentences.");
  models->add_option("BUNDLE", plan->bundles,
                     "Names under models/ or paths (default: all that are installed)");
  models
      ->add_option("--recording", plan->bench.recording,
                   "Time the analysis of this; 5 s or so of clear speech")
      ->required()
      ->type_name("FILE");
  models->add_option("--text", plan->bench.text, "What is read in it")
      ->required()
      ->type_name("TEXT");
  models->add_option("--rounds", plan->bench.rounds, "Analyses that are timed")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  AddRated(*models, plan->bench.corpus, plan->bench.speakers, plan->bench.limit);
  models->add_flag("--json", plan->json, "One JSON object per bundle");
  models->callback([plan, &global] {
    global.run = [plan, &global] { return CompareBundles(*plan, global.installation); };
  });
}

}  // namespace

void AddBench(CLI::App& app, Global& global) {
  auto ask = std::make_shared<MachineAsk>();
  CLI::App* bench =
      app.add_subcommand("bench", "How fast this is here: times, memory, energy; and comparisons");
  bench->footer(
      "Without a further command this machine is measured, for about a minute: percentiles of the "
      "time for a\nclip of 5 s, the time of each step, of lengths and threads, the start, memory, "
      "energy.\n"
      "Examples:\n"
      "  euphone bench\n"
      "  euphone bench --quick --json - | jq .clip.latency_ms.p50\n"
      "  euphone bench --full --html bench.html\n"
      "  euphone bench compare --against /usr/bin/euphone");
  AddAsked(*bench, *ask);
  bench
      ->add_option("--watts-per-core", ask->watts_per_core,
                   "What a busy core draws, where the processor's own meter cannot be read")
      ->check(CLI::Range(0.1, 500.0))
      ->type_name("W")
      ->capture_default_str();
  AddRated(*bench, ask->corpus, ask->speakers, ask->limit);
  AddCompare(*bench, global);
  AddBundles(*bench, global);
  bench->callback([bench, ask, &global] {
    if (!bench->get_subcommands().empty()) return;
    global.run = [ask, &global] { return BenchMachine(*ask, global.installation); };
  });
}

}  // namespace euphone::cli
