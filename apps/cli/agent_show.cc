#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/agent_config.h"
#include "agent/agent_status.h"
#include "agent/device_facts.h"
#include "agent_commands.h"
#include "fleet/wire.h"
#include "update/metadata.h"
#include "update_parts.h"

namespace euphone::cli {
namespace {

using AgentJson = nlohmann::ordered_json;

constexpr std::size_t kShownEvents = 10;

struct AgentView {
  agent::AgentConfig config;
  agent::AgentStatus status;
  bool runs = false;
  DeviceRecord record;
  DeviceState state;
};

std::string StageText(const agent::KnownOffer& known) {
  return std::string(kStageNames[static_cast<std::size_t>(known.standing.stage)]);
}

std::string AgentText(const AgentView& view) {
  std::string text = fmt::format("{}, of the fleet at {}: {}\n", view.config.device,
                                 fleet::WithoutSecrets(view.config.url),
                                 !view.runs              ? "no agent runs"
                                 : view.status.connected ? "connected"
                                                         : "offline, trying on");
  if (view.status.last_heartbeat > 0)
    text += fmt::format("last heartbeat {}\n", InstantText(view.status.last_heartbeat));
  for (const BundleVersion& one : view.record.bundles)
    text += fmt::format("  {} {}\n", one.bundle, one.version.Text());
  for (const agent::KnownOffer& known : view.status.offers) {
    text += fmt::format("offered: {} {} ({}): {}", known.offer.bundle, known.offer.version.Text(),
                        known.offer.rollout, StageText(known));
    if (known.standing.stage == DeviceStage::kDownloading && known.all_bytes > 0)
      text += fmt::format(" {} %", 100 * known.done_bytes / known.all_bytes);
    for (const std::string& why : {known.standing.reason, known.waits})
      if (!why.empty()) text += ": " + why;
    text += "\n";
  }
  const auto& events = view.state.events;
  for (std::size_t i = events.size() - std::min(events.size(), kShownEvents); i < events.size();
       ++i) {
    text += fmt::format("{} {} {}: {}{}\n", InstantText(events[i].at), events[i].name,
                        events[i].version, events[i].what,
                        events[i].reason.empty() ? "" : ": " + events[i].reason);
  }
  return text;
}

std::string AgentDocument(const AgentView& view) {
  AgentJson json = {{"device", view.config.device},
                    {"hub", fleet::WithoutSecrets(view.config.url)},
                    {"runs", view.runs},
                    {"connected", view.status.connected},
                    {"last_heartbeat", view.status.last_heartbeat > 0
                                           ? AgentJson(InstantText(view.status.last_heartbeat))
                                           : AgentJson()},
                    {"bundles", AgentJson::array()},
                    {"offers", AgentJson::array()},
                    {"events", AgentJson::array()}};
  for (const BundleVersion& one : view.record.bundles)
    json["bundles"].push_back({{"name", one.bundle}, {"version", one.version.Text()}});
  for (const agent::KnownOffer& known : view.status.offers) {
    json["offers"].push_back({{"rollout", known.offer.rollout},
                              {"attempt", known.offer.attempt},
                              {"bundle", known.offer.bundle},
                              {"version", known.offer.version.Text()},
                              {"stage", StageText(known)},
                              {"reason", known.standing.reason},
                              {"waits", known.waits},
                              {"done_bytes", known.done_bytes},
                              {"all_bytes", known.all_bytes}});
  }
  json["events"] = EventsJson(view.state);
  return json.dump(-1, ' ', false, AgentJson::error_handler_t::replace) + "\n";
}

Result<AgentView> LookAtAgent(const InstallationOptions& installation) {
  const auto folder = AgentFolder();
  if (!folder) return folder.error();
  auto config = agent::ReadAgentConfig(*folder);
  if (!config) return config.error();
  const auto settings = ThisUpdaterConfig(installation, TryOptions());
  if (!settings) return settings.error();
  const Updater updater(*settings);
  auto record = agent::DescribeDevice(*config, updater, agent::FactoryVersions(settings->factory),
                                      agent::ReadPower());
  if (!record) return record.error();
  auto state = updater.state();
  if (!state) return state.error();
  const auto status = agent::ReadAgentStatus(*folder);  // None before the first run.
  return AgentView{.config = *std::move(config),
                   .status = status ? *status : agent::AgentStatus(),
                   .runs = agent::AgentRuns(*folder),
                   .record = *std::move(record),
                   .state = *std::move(state)};
}

}  // namespace

ExitCode ShowAgent(bool json, const InstallationOptions& installation) {
  const auto view = LookAtAgent(installation);
  if (!view) return Report(view.error());
  return Show(json ? AgentDocument(*view) : AgentText(*view));
}

}  // namespace euphone::cli
