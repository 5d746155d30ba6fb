#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "agent/pace.h"
#include "base/file.h"
#include "commands.h"
#include "private_key.h"
#include "progress.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "update/trust.h"
#include "update/updater.h"
#include "update_follow.h"
#include "update_parts.h"
#include "updates/http_source.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using UpdateJson = nlohmann::ordered_json;

struct UpdateOptions {
  std::string source;
  std::vector<std::string> names;
  std::string version;
  std::string root;
  double most_kb_per_second = 0;  ///< 0: any.
  TryOptions tries;
  bool json = false;
};

Result<Updater> ThisUpdater(const InstallationOptions& installation, const UpdateOptions& options) {
  auto config = ThisUpdaterConfig(installation, options.tries);
  if (!config) return config.error();
  return Updater(*std::move(config));
}

ExitCode Trust(const UpdateOptions& options) {
  const auto updates = RequireUpdates();
  if (!updates) return Report(updates.error());
  const auto root = ReadFile(options.root, 4 << 20);
  if (!root) return Report(root.error());
  if (auto status = TrustStore::Begin(*updates / "trust", *root); !status)
    return Report(Prefixed(options.root, status.error()));
  const auto trust = TrustStore::Open(*updates / "trust");
  if (!trust) return Report(trust.error());
  return Show(fmt::format("root {}: releases need {} of {} signatures\n", trust->root().version,
                          trust->root().of(Role::kTargets).threshold,
                          trust->root().of(Role::kTargets).key_ids.size()));
}

const char* Told(Progressed progressed) {
  switch (progressed) {
    case Progressed::kNothing:
      return "nothing to be done";
    case Progressed::kOn:
      return "one step on";
    case Progressed::kWaits:
      return "waits";
    case Progressed::kInUse:
      return "in use, on probation";
    case Progressed::kGood:
      return "in use, and good";
    case Progressed::kFailed:
      return "failed";
    case Progressed::kRolledBack:
      return "rolled back";
  }
  return "";
}

/// As far as it goes now; one line about where that is.
Result<Progressed> AdvanceAll(Updater& updater, const std::string& name) {
  for (;;) {
    auto progressed = updater.Advance(name, SecondsNow());
    if (!progressed || *progressed != Progressed::kOn || Interrupted()) return progressed;
  }
}

std::string WhyOf(const DeviceState& state, const std::string& name) {
  const auto found = state.bundles.find(name);
  if (found == state.bundles.end()) return {};
  const SlotState& slots = found->second;
  if (slots.candidate && slots.candidate->phase == Phase::kTested)
    return ": the next recordings are judged by both, then it comes into use";
  if (slots.candidate && slots.candidate->phase == Phase::kShadowed)
    return ": for the end of a lesson; `euphone update run` then goes on";
  if (slots.probation > 0) return fmt::format(": for {} good uses", slots.probation);
  if (!state.events.empty() && !state.events.back().reason.empty())
    return ": " + state.events.back().reason;
  return {};
}

ExitCode Advance(Updater& updater, const std::string& name) {
  const auto progressed = AdvanceAll(updater, name);
  if (!progressed) return Report(progressed.error());
  if (Interrupted()) return ExitCode::kInterrupted;
  const auto state = updater.state();
  if (!state) return Report(state.error());
  const bool bad = *progressed == Progressed::kFailed || *progressed == Progressed::kRolledBack;
  const ExitCode shown = Show(fmt::format("{} {}: {}{}\n", name, updater.VersionInUse(*state, name),
                                          Told(*progressed), WhyOf(*state, name)));
  return bad ? Worse(shown, ExitCode::kBadInput) : shown;
}

ExitCode InstallRelease(Updater& updater, const Release& release, UpdateSource& source,
                        const UpdateOptions& options) {
  agent::Pace pace(options.most_kb_per_second);
  DownloadOptions download{
      .installed = {},
      .progress = [&pace, bar = BarFor(release.label())](std::int64_t fetched, std::int64_t done,
                                                         std::int64_t all) {
        pace.Wait(fetched, [] { return !Interrupted(); });
        return bar(done, all);
      }};
  const auto report = updater.Stage(release, source, download, SecondsNow());
  download.progress = nullptr;  // And its bar is off the screen.
  if (Interrupted()) return ExitCode::kInterrupted;
  if (!report && report.error().code == Errc::kNotFound) return Advance(updater, release.name);
  if (!report) return Report(report.error());
  if (report->bytes > 0) {
    const ExitCode shown = Show(fmt::format("{}: fetched {:.2f} MB of {:.2f}\n", release.label(),
                                            static_cast<double>(report->fetched) / 1e6,
                                            static_cast<double>(report->bytes) / 1e6));
    if (shown != ExitCode::kOk) return shown;
  }
  return Advance(updater, release.name);
}

ExitCode Install(const UpdateOptions& options, const InstallationOptions& installation) {
  auto updater = ThisUpdater(installation, options);
  if (!updater) return Report(updater.error());
  auto trust = TrustStore::Open(updater->config().updates / "trust");
  if (!trust) return Report(trust.error());
  const StopOnInterrupt stop;
  const auto source = updates::OpenSource(options.source, stop.token());
  if (!source) return Report(source.error());
  const auto targets = trust->Refresh(**source, SecondsNow());
  if (Interrupted()) return ExitCode::kInterrupted;
  if (!targets) return Report(targets.error());
  const auto state = updater->state();
  if (!state) return Report(state.error());
  std::set<std::string> names(options.names.begin(), options.names.end());
  if (names.empty()) {  // What is installed.
    for (const Release& release : targets->releases)
      if (!updater->VersionInUse(*state, release.name).empty()) names.insert(release.name);
  }
  ExitCode worst = ExitCode::kOk;
  for (const std::string& name : names) {
    const Release* release =
        options.version.empty() ? targets->Newest(name) : targets->Find(name, options.version);
    if (release == nullptr) {
      worst = Worse(worst, Report({Errc::kNotFound, options.source + ": there is no release of " +
                                                        name + " " + options.version}));
      continue;
    }
    worst = Worse(worst, InstallRelease(*updater, *release, **source, options));
  }
  if (names.empty()) return Show("no release is for what is installed here\n");
  return worst;
}

ExitCode GoOn(const UpdateOptions& options, const InstallationOptions& installation) {
  auto updater = ThisUpdater(installation, options);
  if (!updater) return Report(updater.error());
  const auto state = updater->state();
  if (!state) return Report(state.error());
  ExitCode worst = ExitCode::kOk;
  for (const auto& [name, slots] : state->bundles) worst = Worse(worst, Advance(*updater, name));
  return worst;
}

std::string StatusText(const Updater& updater, const DeviceState& state) {
  std::string text;
  for (const auto& [name, slots] : state.bundles) {
    text += fmt::format("{} {}{}\n", name, updater.VersionInUse(state, name),
                        !slots.active         ? " (came with the program)"
                        : slots.probation > 0 ? " (on probation)"
                                              : "");
    if (slots.candidate)
      text += fmt::format("  next: {} ({})\n", slots.candidate->release.version,
                          PhaseName(slots.candidate->phase));
    for (const BadRelease& bad : slots.bad)
      text += fmt::format("  not again: {}: {}\n", bad.release.version, bad.reason);
  }
  return text.empty() ? "nothing was updated here yet\n" : text;
}

std::string StatusJson(const Updater& updater, const DeviceState& state) {
  UpdateJson json = {{"bundles", UpdateJson::array()}, {"events", UpdateJson::array()}};
  for (const auto& [name, slots] : state.bundles) {
    UpdateJson bad = UpdateJson::array();
    for (const BadRelease& entry : slots.bad)
      bad.push_back({{"version", entry.release.version}, {"reason", entry.reason}});
    json["bundles"].push_back(
        {{"name", name},
         {"in_use", updater.VersionInUse(state, name)},
         {"slot", slots.active ? UpdateJson(SlotName(*slots.active)) : UpdateJson()},
         {"on_probation", slots.probation > 0},
         {"candidate",
          slots.candidate ? UpdateJson(slots.candidate->release.version) : UpdateJson()},
         {"phase", slots.candidate ? UpdateJson(PhaseName(slots.candidate->phase)) : UpdateJson()},
         {"bad", std::move(bad)}});
  }
  json["events"] = EventsJson(state);
  return json.dump() + "\n";
}

ExitCode ShowStatus(const UpdateOptions& options, const InstallationOptions& installation) {
  const auto updater = ThisUpdater(installation, options);
  if (!updater) return Report(updater.error());
  const auto state = updater->state();
  if (!state) return Report(state.error());
  return Show(options.json ? StatusJson(*updater, *state) : StatusText(*updater, *state));
}

ExitCode GoBack(const UpdateOptions& options, const InstallationOptions& installation) {
  auto updater = ThisUpdater(installation, options);
  if (!updater) return Report(updater.error());
  const std::string& name = options.names.front();
  if (auto status = updater->RollBack(name, "rolled back by hand", SecondsNow()); !status)
    return Report(status.error());
  const auto state = updater->state();
  if (!state) return Report(state.error());
  return Show(name + " " + updater->VersionInUse(*state, name) + ": in use again\n");
}

}  // namespace

void AddTryOptions(CLI::App& command, TryOptions& options) {
  command
      .add_option("--utterances", options.utterances,
                  "Real recordings that a new model judges beside the old one; 0: none")
      ->capture_default_str()
      ->check(CLI::Range(0, 1000));
  command
      .add_option("--probation", options.probation,
                  "Recordings that a new model in use must judge before it is trusted; 0: none")
      ->capture_default_str()
      ->check(CLI::Range(0, 1000));
  command
      .add_option("--self-test-seconds", options.self_test_seconds,
                  "What a self-test may take, on a slow board")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
}

void AddUpdate(CLI::App& app, Global& global) {
  CLI::App* update = app.add_subcommand(
      "update", "New versions of models: fetch, try out beside the old ones, go back");
  update->require_subcommand(1);
  auto options = std::make_shared<UpdateOptions>();
  const auto run = [&](CLI::App* command, auto what) {
    command->callback([=, &global] {
      global.run = [=, &global] { return what(*options, global.installation); };
    });
  };
  CLI::App* trust = update->add_subcommand(
      "trust", "Begin to trust whoever signed a root.json; forgets whom it trusted before");
  trust->add_option("root", options->root, "root.json of a repository")->required();
  run(trust, [](const UpdateOptions& chosen, const InstallationOptions&) { return Trust(chosen); });

  CLI::App* install = update->add_subcommand(
      "install", "Fetch what is new, test it, and take it into use once it has done well");
  install->add_option("--from", options->source, "A repository: its folder, or its URL (https://…)")
      ->required()
      ->type_name("DIR|URL");
  install->add_option("names", options->names, "Bundles (default: those that are installed)");
  install->add_option("--version", options->version, "This one (default: the newest)");
  install->add_option("--limit-rate", options->most_kb_per_second, "kB a second, at most")
      ->type_name("KB")
      ->check(CLI::PositiveNumber);
  AddTryOptions(*install, options->tries);
  run(install, Install);

  CLI::App* go_on = update->add_subcommand("run", "Go on with what waits");
  AddTryOptions(*go_on, options->tries);
  run(go_on, GoOn);

  AddUpdateFollow(*update, global);

  CLI::App* status =
      update->add_subcommand("status", "What is in use, what comes next, what failed");
  status->add_flag("--json", options->json, "As one JSON object");
  run(status, ShowStatus);

  CLI::App* back = update->add_subcommand("rollback", "Back to the version before");
  back->add_option("name", options->names, "Bundle")->required()->expected(1);
  run(back, GoBack);
}

}  // namespace euphone::cli
