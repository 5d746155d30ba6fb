#include <CLI/CLI.hpp>

#include <memory>

#include "commands.h"
#include "curves_output.h"
#include "curves_run.h"
#include "curves_runs.h"

namespace euphone::cli {
namespace {

void AddPractised(CLI::App& command, LearnerCurves& options) {
  command
      .add_option("--by", options.by,
                  "What a point is: a day, a take, or days once there are 8 (auto)")
      ->check(CLI::IsMember({"auto", "day", "take"}))
      ->capture_default_str();
  command.add_option("--days", options.days, "Only what was said in the last so many days")
      ->check(CLI::Range(1, 36500));
  command.add_option("--forecast", options.forecast, "So many practices ahead")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command.add_option("--target", options.target, "Say when this score is reached")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
}

void AddLearnerCurves(CLI::App& curves, Global& global) {
  auto options = std::make_shared<LearnerCurves>();
  CLI::App* command = curves.add_subcommand(
      "learner", "How a learner gets better with practice, and where it leads");
  command->add_option("NAME", options->learner, "Whose (euphone store info)")->required();
  command
      ->add_option("--sound", options->sounds,
                   "A curve of this sound, in ARPAbet as `euphone lexicon` writes it; may be given "
                   "more than once")
      ->type_name("SOUND")
      ->allow_extra_args(false);
  AddPractised(*command, *options);
  AddCurvesOutput(*command, options->output);
  AddStoreOptions(*command, options->store);
  command->callback([options, &global] {
    global.run = [options, &global] { return ShowLearnerCurves(*options, global.installation); };
  });
}

void AddHowRunsAreDrawn(CLI::App& command, RunCurves& options) {
  command
      .add_option("--metric", options.metric,
                  "What is drawn of runs: a metric's name or a part of it (default: a loss)")
      ->type_name("NAME");
  command
      .add_option("--better", options.better, "Whether more or less of it is better [by its name]")
      ->check(CLI::IsMember({"auto", "higher", "lower"}));
  command.add_flag("--log-x", options.logarithmic, "A logarithmic axis below");
}

void AddRunCurves(CLI::App& curves, Global& global) {
  auto options = std::make_shared<RunCurves>();
  CLI::App* command = curves.add_subcommand(
      "runs", "What training runs, or anything else, have logged: CSV or TensorBoard events");
  command
      ->add_option("PATH", options->paths,
                   "A table (docs/formats/curves.md), a file of events, or a folder of runs")
      ->required();
  AddHowRunsAreDrawn(*command, *options);
  AddCurvesOutput(*command, options->output);
  command->callback(
      [options, &global] { global.run = [options] { return ShowRunCurves(*options); }; });
}

void AddComparedCurves(CLI::App& curves, Global& global) {
  auto options = std::make_shared<ComparedCurves>();
  CLI::App* command =
      curves.add_subcommand("compare", "Two learners, sounds or runs beside each other");
  command
      ->add_option("A", options->a,
                   "A learner: NAME, or NAME:SOUND for one of her sounds; or the path of a run")
      ->required();
  command->add_option("B", options->b, "What it is compared with")->required();
  AddPractised(*command, options->learner);
  AddHowRunsAreDrawn(*command, options->runs);
  AddCurvesOutput(*command, options->learner.output);
  AddStoreOptions(*command, options->learner.store);
  command->callback([options, &global] {
    global.run = [options, &global] { return ShowComparedCurves(*options, global.installation); };
  });
}

}  // namespace

void AddCurvesOutput(CLI::App& command, CurvesOutput& output) {
  command
      .add_option("--format", output.format,
                  "Form of the output (default: what the file's name says, else terminal)")
      ->check(CLI::IsMember({"terminal", "svg", "png", "csv", "json"}));
  command.add_option("--output", output.file, "Write it into this file")->type_name("FILE");
}

void AddCurves(CLI::App& app, Global& global) {
  CLI::App* curves = app.add_subcommand(
      "curves", "Learning curves: of learners, with forecasts, and of training runs");
  curves->require_subcommand(1);
  curves->footer(
      "Examples:\n"
      "  euphone curves learner Ana\n"
      "  euphone curves learner Ana --sound TH --sound S --forecast 50 --output ana.svg\n"
      "  euphone curves compare Ana:TH Ana:S --format json\n"
      "  euphone curves runs training/runs --metric \"held-out phone\" --output runs.svg\n"
      "  euphone curves compare runs/a runs/b");
  AddLearnerCurves(*curves, global);
  AddRunCurves(*curves, global);
  AddComparedCurves(*curves, global);
}

}  // namespace euphone::cli
