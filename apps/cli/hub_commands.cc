#include "hub_commands.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "commands.h"
#include "hub_client.h"
#include "hub_pages.h"
#include "hub_publish.h"
#include "hub_up.h"

namespace euphone::cli {
namespace {

/// What a command asks for. Fields that stay empty are not sent.
struct HubCall {
  HubClientOptions where;
  std::string verb;
  nlohmann::json arguments = nlohmann::json::object();
};
using SharedCall = std::shared_ptr<HubCall>;

ExitCode AskHub(const HubCall& call) {
  auto client = HubClient::Connect(call.where);
  if (!client) return Report(client.error());
  const auto reply = client->Ask(call.verb, call.arguments);
  if (!reply) return Report(reply.error());
  return Show(call.where.json ? reply->dump() + "\n" : HubPage(*reply));
}

/// A command that asks the hub one thing.
std::pair<CLI::App*, SharedCall> AddHubCall(CLI::App& to, Global& global, const char* name,
                                            const char* what, const char* verb) {
  auto call = std::make_shared<HubCall>();
  call->verb = verb;
  CLI::App* command = to.add_subcommand(name, what);
  AddHubOptions(*command, call->where);
  command->callback([call, command, &global] {
    // The callback of a command comes after those of the commands within it.
    if (command->get_subcommands().empty()) global.run = [call] { return AskHub(*call); };
  });
  return {command, call};
}

CLI::Option* TextForHub(CLI::App& command, const SharedCall& call, const char* option,
                        const char* key, const char* what) {
  return command.add_option_function<std::string>(
      option, [call, key](const std::string& text) { call->arguments[key] = text; }, what);
}

void AddLabels(CLI::App& to, Global& global, const char* name, const char* what, const char* verb) {
  const auto [command, call] = AddHubCall(to, global, name, what, verb);
  TextForHub(*command, call, "NAME", "device", "The device")->required();
  for (const char* key : {"add", "remove"})
    command
        ->add_option_function<std::vector<std::string>>(
            std::string("--") + key,
            [call = call, key](const std::vector<std::string>& labels) {
              call->arguments[key] = labels;
            },
            std::string(key) + " this one; may be given more than once")
        ->allow_extra_args(false);
}

void AddOfDevice(CLI::App& to, Global& global, const char* name, const char* what,
                 const char* verb) {
  const auto [command, call] = AddHubCall(to, global, name, what, verb);
  TextForHub(*command, call, "NAME", "device", "The device")->required();
}

void AddHubDevices(CLI::App& fleet, Global& global) {
  const auto [devices, call] =
      AddHubCall(fleet, global, "devices", "The devices of the fleet", "devices.list");
  TextForHub(*devices, call, "--filter", "filter",
             "Only those that a filter picks (docs/formats/rollout.md)");
  TextForHub(*devices, call, "--after", "after", "Those whose names come after this one");
  devices->require_subcommand(0, 1);
  AddOfDevice(*devices, global, "show", "All that is known of one", "devices.show");
  AddOfDevice(*devices, global, "records", "What its learners have let it send", "devices.records");
  AddLabels(*devices, global, "tag", "Set tags of one", "devices.tag");
  AddLabels(*devices, global, "group", "Put one into groups", "devices.group");
  AddOfDevice(*devices, global, "forget", "Forget one, with all that it sent", "devices.forget");
  AddOfDevice(fleet, global, "invite", "Let a device in: prints what to run there",
              "devices.invite");
  AddOfDevice(fleet, global, "revoke", "Keep a device out from now on", "devices.revoke");
}

void AddHubClasses(CLI::App& fleet, Global& global) {
  CLI::App* classes = fleet.add_subcommand(
      "class", "Which devices are of which class, whose lessons and comments they share");
  classes->require_subcommand(1);
  AddHubCall(*classes, global, "list", "All of them", "classes.list");
  const auto [put, call] =
      AddHubCall(*classes, global, "put", "Put a device into a class", "classes.put");
  TextForHub(*put, call, "NAME", "device", "The device")->required();
  TextForHub(*put, call, "--class", "class", "Of this name")->required();
  TextForHub(*put, call, "--role", "role", "teacher or student (default: student)")
      ->check(CLI::IsMember({"teacher", "student"}));
  TextForHub(*put, call, "--user", "user",
             "UUID of who writes on it: a learner's as their device knows them")
      ->required();
  AddOfDevice(*classes, global, "remove", "Take a device out of its class", "classes.remove");
}

void AddWord(CLI::App& rollout, Global& global, const char* name, const char* what,
             const char* verb) {
  const auto [command, call] = AddHubCall(rollout, global, name, what, verb);
  TextForHub(*command, call, "ID", "rollout", "The rollout")->required();
  if (std::string_view(name) == "abort")
    TextForHub(*command, call, "--reason", "reason", "Why, for those who look later");
  if (std::string_view(name) == "approve")
    command
        ->add_option_function<int>(
            "WAVE", [call = call](const int& wave) { call->arguments["wave"] = wave; },
            "The wave that may start")
        ->required();
  if (std::string_view(name) != "show") return;
  command->add_flag_callback(
      "--devices", [call = call] { call->arguments["devices"] = true; }, "Each device, too");
  TextForHub(*command, call, "--stage", "stage", "Only devices of this stage");
  TextForHub(*command, call, "--after", "after", "Devices whose names come after this one");
}

void AddHubRollouts(CLI::App& fleet, Global& global) {
  CLI::App* rollout = fleet.add_subcommand("rollout", "Bring a version to devices in waves");
  rollout->require_subcommand(1);
  const auto [submit, call] =
      AddHubCall(*rollout, global, "submit", "Begin one", "rollouts.submit");
  auto file = std::make_shared<std::string>();
  submit->add_option("FILE", *file, "A rollout (docs/formats/rollout.md)")->required();
  submit->callback([call = call, file, &global] {
    global.run = [call, file]() -> ExitCode {
      const auto text = ReadFile(*file, 1u << 20);
      if (!text) return Report(text.error());
      call->arguments["plan"] = nlohmann::json::parse(*text, nullptr, false);
      if (!call->arguments["plan"].is_object())
        return Report({Errc::kCorrupt, Shortened(*file) + ": it is no JSON object"});
      return AskHub(*call);
    };
  });
  AddHubCall(*rollout, global, "list", "All of them", "rollouts.list");
  AddWord(*rollout, global, "show", "How one goes", "rollouts.show");
  AddWord(*rollout, global, "approve", "Let a wave start that asks first", "rollouts.approve");
  AddWord(*rollout, global, "pause", "No new offers for now", "rollouts.pause");
  AddWord(*rollout, global, "resume", "Go on", "rollouts.resume");
  AddWord(*rollout, global, "abort", "End it, and call back what is not in use yet",
          "rollouts.abort");
}

void AddHubUsers(CLI::App& fleet, Global& global) {
  CLI::App* users = fleet.add_subcommand("users", "Who may do what with the hub");
  users->require_subcommand(1);
  AddHubCall(*users, global, "list", "All of them", "users.list");
  const auto [add, call] =
      AddHubCall(*users, global, "add", "Add one, or give one a new token", "users.add");
  TextForHub(*add, call, "NAME", "name", "The user")->required();
  TextForHub(*add, call, "--role", "role",
             "viewer, operator (rollouts, devices), signer (publishes releases) or admin")
      ->required();
  const auto [remove, gone] = AddHubCall(*users, global, "remove", "Remove one", "users.remove");
  TextForHub(*remove, gone, "NAME", "name", "The user")->required();
}

void AddHubUp(CLI::App& fleet, Global& global) {
  auto options = std::make_shared<HubUpOptions>();
  CLI::App* command = fleet.add_subcommand(
      "up", "Run the hub: takes what devices send, runs rollouts, answers operators");
  command->add_flag("--dev", options->dev,
                    "With a NATS server and a database of its own (so it is where none is named)");
  command->add_option("--dir", options->folder, "Folder of what it keeps")->type_name("DIR");
  AddNatsOptions(*command, options->nats);
  command->add_option("--database", options->database, "postgresql://… or sqlite:FILE")
      ->envname("EUPHONE_HUB_DATABASE")
      ->type_name("URL");
  command
      ->add_option("--keep-days", options->keep_days,
                   "Days after which what devices sent up is dropped; 0: never [400]")
      ->check(CLI::Range(0, 36500))
      ->type_name("DAYS");
  command
      ->add_option("--listen", options->listen,
                   "Let other machines reach its NATS server here: HOST or HOST:PORT")
      ->type_name("HOST");
  command->add_option("--known-as", options->known_as, "The host that devices are told")
      ->type_name("HOST");
  command
      ->add_option("--certificate", options->certificate,
                   "Its NATS server's certificate, PEM: connections are encrypted")
      ->type_name("FILE");
  command->add_option("--key", options->key, "The key of that")->type_name("FILE");
  CLI::Option* port = command->add_option(
      "--page", options->page.port,
      "Port of its page for people and of its HTTP API; 0: any that is free [8766, or any that is "
      "free where that is taken]");
  port->check(CLI::Range(0, 65535))->type_name("PORT");
  CLI::Option* none = command->add_flag("--no-page", options->page.none, "Serve no page");
  command->add_flag("--lan", options->page.lan, "Let others in the network open the page, with TLS")
      ->excludes(none);
  none->excludes(port);
  command->callback([options, &global] { global.run = [options] { return RunHub(*options); }; });
}

}  // namespace

void AddHubCommands(CLI::App& fleet, Global& global) {
  AddHubUp(fleet, global);
  AddHubCall(fleet, global, "status", "How the hub does", "hub.status");
  AddHubCall(fleet, global, "metrics", "What the fleet tells Prometheus", "hub.metrics");
  AddHubDevices(fleet, global);
  AddHubClasses(fleet, global);
  AddHubRollouts(fleet, global);
  const auto [audit, call] =
      AddHubCall(fleet, global, "audit", "Who did what, the oldest first", "audit.list");
  audit->add_option_function<int>(
      "--after", [call = call](const int& after) { call->arguments["after"] = after; },
      "Lines above this number");
  audit->add_flag_callback(
      "--check", [call = call] { call->arguments["check"] = true; },
      "Whether all lines are as they were written");
  AddHubUsers(fleet, global);
  AddHubCall(fleet, global, "aside", "Messages that could not be read", "aside.list");
  auto publishing = std::make_shared<std::pair<HubClientOptions, std::string>>();
  CLI::App* publish =
      fleet.add_subcommand("publish", "Hand a repository's signed releases to the devices");
  publish->add_option("FOLDER", publishing->second, "A repository (euphone bundle init)")
      ->required();
  AddHubOptions(*publish, publishing->first);
  publish->callback([publishing, &global] {
    global.run = [publishing] { return PublishRepository(publishing->first, publishing->second); };
  });
}

}  // namespace euphone::cli
