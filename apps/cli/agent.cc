#include <CLI/CLI.hpp>

#include <memory>

#include "agent_commands.h"
#include "commands.h"

namespace euphone::cli {
namespace {

void AddAgentJoin(CLI::App& agent, Global& global) {
  auto options = std::make_shared<JoinOptions>();
  CLI::App* command = agent.add_subcommand("join", "Belong to a fleet from now on");
  command
      ->add_option("URL", options->nats.url,
                   "The hub's NATS server, as whoever runs the fleet gave it: "
                   "nats://DEVICE:SECRET@HOST:4222, or tls://…; -: read from standard input, "
                   "which keeps the secret out of lists of processes")
      ->required()
      ->type_name("");
  command->add_option("--name", options->name, "Of this device (default: the URL's user)")
      ->type_name("NAME");
  command
      ->add_option("--root", options->root,
                   "root.json of whoever signs releases, as `update trust` takes it")
      ->type_name("FILE");
  command
      ->add_option("--hardware", options->hardware,
                   "What rollouts call this device (default: rpi4 and so on, x86_64)")
      ->type_name("NAME");
  command->add_option("--site", options->site, "Where it stands")->type_name("NAME");
  command->add_option("--locale", options->locale, "Of its users (default: the system's)")
      ->type_name("NAME");
  command->add_flag("--metered", options->metered, "Its network costs by volume");
  command
      ->add_option("--limit-rate", options->most_kb_per_second,
                   "kB a second, at most, of downloads")
      ->type_name("KB")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--nats-creds", options->nats.credentials,
                   "Its credentials: a user's .creds file")
      ->type_name("FILE");
  command->add_option("--nats-ca", options->nats.ca, "Authorities that its certificate comes from")
      ->type_name("FILE");
  command->add_option("--nats-cert", options->nats.certificate, "Our certificate, if it asks")
      ->type_name("FILE");
  command->add_option("--nats-key", options->nats.key, "The key of that")->type_name("FILE");
  command->callback([options, &global] { global.run = [options] { return JoinFleet(*options); }; });
}

}  // namespace

void AddAgent(CLI::App& app, Global& global) {
  CLI::App* agent = app.add_subcommand(
      "agent", "This device as one of a fleet: says how it is, takes new models when offered");
  agent->require_subcommand(1);
  agent->footer(
      "Examples:\n"
      "  euphone agent join nats://pi-7:SECRET@hub.example:4222 --root root.json\n"
      "  euphone agent run\n"
      "  euphone agent status\n");
  AddAgentJoin(*agent, global);

  auto run = std::make_shared<AgentRunOptions>();
  CLI::App* running =
      agent->add_subcommand("run", "Talk to the fleet's hub until told to stop, offline or not");
  AddTryOptions(*running, run->tries);
  running->add_option("--heartbeat", run->heartbeat_s, "Seconds between signs of life")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  AddStoreOptions(*running, run->store);
  running->callback([run, &global] {
    global.run = [run, &global] { return RunAgent(*run, global.installation); };
  });

  auto json = std::make_shared<bool>(false);
  CLI::App* status = agent->add_subcommand("status", "Connection, offers, versions, what waits");
  status->add_flag("--json", *json, "As one JSON object");
  status->callback([json, &global] {
    global.run = [json, &global] { return ShowAgent(*json, global.installation); };
  });

  agent->add_subcommand("leave", "Forget the fleet; models that came from it stay")
      ->callback([&global] { global.run = [] { return LeaveFleet(); }; });
}

}  // namespace euphone::cli
