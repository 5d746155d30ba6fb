#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bundle_bench.h"
#include "choices.h"
#include "commands.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

struct BenchPlan {
  std::string what;
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

ExitCode Compare(BenchPlan plan, InstallationOptions installation) {
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

}  // namespace

void AddBench(CLI::App& app, Global& global) {
  auto plan = std::make_shared<BenchPlan>();
  CLI::App* models = app.add_subcommand(
      "bench", "Compare model bundles on this machine: size, time, memory, agreement with raters");
  models->footer(
      "Example:\n  euphone bench models --recording me.wav --text \"What I read.\"\n"
      "Columns: MB on disk; ms to open, median and 95th percentile of an analysis; times real "
      "time;\npeak memory in MB; share of a core while listening; correlation with raters "
      "(--corpus)\nfor sounds, words and sentences.");
  models->add_option("WHAT", plan->what, "What to compare")
      ->required()
      ->check(CLI::IsMember({"models"}));
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
  models->add_option("--corpus", plan->bench.corpus, "Rated recordings, as for evaluate")
      ->type_name("DIR");
  models
      ->add_option("--speakers", plan->bench.speakers,
                   "Only these speakers of it: a name on each line, or a JSON list")
      ->type_name("FILE");
  models->add_option("--limit", plan->bench.limit, "Only the first N of them")
      ->check(CLI::Range(1, 10'000'000))
      ->type_name("N");
  models->add_flag("--json", plan->json, "One JSON object per bundle");
  models->callback([plan, &global] {
    global.run = [plan, &global] { return Compare(*plan, global.installation); };
  });
}

}  // namespace euphone::cli
