#include <CLI/CLI.hpp>

#include <memory>

#include "commands.h"
#include "fleet_simulate.h"
#include "hub_commands.h"

namespace euphone::cli {
namespace {

void AddFleetSimulate(CLI::App& fleet, Global& global) {
  auto options = std::make_shared<FleetSimulation>();
  CLI::App* command = fleet.add_subcommand(
      "simulate",
      "Play a rollout with virtual devices: how long it takes, and what a bad one does");
  command->add_option("ROLLOUT", options->rollout, "A rollout (docs/formats/rollout.md)")
      ->required();
  command->add_option("--devices", options->devices, "So many invented devices")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--inventory", options->inventory,
                   "These devices instead, a record a line (docs/formats/rollout.md)")
      ->type_name("FILE");
  command
      ->add_option("--failure", options->failures,
                   "What goes wrong, and how often: download, self-test, crash or loss, "
                   "@HARDWARE if only there (self-test@rpi4=3%); may be given more than once "
                   "[download=2%, self-test=0.1%, loss=0.05%]")
      ->type_name("KIND=RATE")
      ->allow_extra_args(false);
  command->add_option("--days", options->days, "At most so many days")
      ->check(CLI::Range(1, 365))
      ->capture_default_str();
  command->add_option("--megabytes", options->megabytes, "Size of the bundle")
      ->check(CLI::Range(0.01, 100000.0))
      ->capture_default_str();
  command
      ->add_option("--yes-after", options->approval_hours,
                   "Hours until an operator says yes where one is asked")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of chance: the same gives the same")
      ->capture_default_str();
  command
      ->add_option("--repeat", options->repeat,
                   "Play it so often, each with the next seed, and give ranges")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "As JSON (docs/formats/rollout.md)");
  command->callback(
      [options, &global] { global.run = [options] { return SimulateFleet(*options); }; });
}

}  // namespace

void AddFleet(CLI::App& app, Global& global) {
  CLI::App* fleet = app.add_subcommand(
      "fleet", "Many devices: their hub, and bundles that come to them in waves");
  fleet->require_subcommand(1);
  fleet->footer(
      "Examples:\n"
      "  euphone fleet up --dev\n"
      "  euphone fleet invite pi-7\n"
      "  euphone fleet rollout submit may.json\n"
      "  euphone fleet simulate may.json\n"
      "  euphone fleet simulate may.json --failure self-test=3% --failure crash@rpi4=10%\n"
      "  euphone fleet simulate may.json --inventory devices.jsonl --repeat 20 --json");
  AddHubCommands(*fleet, global);
  AddFleetSimulate(*fleet, global);
}

}  // namespace euphone::cli
