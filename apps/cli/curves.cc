#include <CLI/CLI.hpp>

#include <memory>

#include "commands.h"
#include "curves_output.h"
#include "curves_run.h"

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

void AddComparedCurves(CLI::App& curves, Global& global) {
  auto options = std::make_shared<ComparedCurves>();
  CLI::App* command =
      curves.add_subcommand("compare", "Two learners, sounds or runs beside each other");
  command->add_option("A", options->a, "NAME, or NAME:SOUND for one of her sounds")->required();
  command->add_option("B", options->b, "What it is compared with")->required();
  AddPractised(*command, options->learner);
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
      "  euphone curves compare Ana:TH Ana:S --format json");
  AddLearnerCurves(*curves, global);
  AddComparedCurves(*curves, global);
}

}  // namespace euphone::cli
