#include "hub_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "store/clock.h"

namespace euphone::cli {
namespace {

using HubJson = nlohmann::json;

std::string TextOfHub(const HubJson& object, const char* key) { return object.value(key, ""); }

std::string AgoOfHub(std::int64_t at) {
  const std::int64_t past = std::max<std::int64_t>(NowMs() / 1000 - at, 0);
  if (at == 0) return "never";
  if (past < 120) return fmt::format("{} s ago", past);
  if (past < 7200) return fmt::format("{} min ago", past / 60);
  if (past < 2 * 86400) return fmt::format("{} h ago", past / 3600);
  return fmt::format("{} d ago", past / 86400);
}

std::string JoinedOfHub(const HubJson& list) {
  std::string text;
  for (const HubJson& one : list) text += (text.empty() ? "" : ", ") + one.get<std::string>();
  return text;
}

std::string HeldOfHub(const HubJson& device) {
  std::string text;
  for (const HubJson& one : device.value("bundles", HubJson::array()))
    text += (text.empty() ? "" : ", ") + TextOfHub(one, "bundle") + " " + TextOfHub(one, "version");
  return text;
}

std::string DevicesOfHub(const HubJson& reply) {
  const HubJson& devices = reply["devices"];
  if (devices.empty()) return "No device was heard of yet.\n";
  std::string page;
  for (const HubJson& device : devices) {
    const HubJson health = device.value("health", HubJson::object());
    const bool well = health.value("crash_loops", 0) == 0 && health.value("self_test", true);
    page += fmt::format(
        "{:<20} {:<10} {:<12} {}{}{}{}\n", TextOfHub(device, "id"), TextOfHub(device, "hardware"),
        AgoOfHub(device.value("last_seen", std::int64_t{0})), HeldOfHub(device),
        well ? "" : "  not well", device["tags"].empty() ? "" : "  ", JoinedOfHub(device["tags"]));
  }
  return page;
}

std::string DeviceOfHub(const HubJson& reply) {
  const HubJson& device = reply["device"];
  std::string page = fmt::format(
      "{}: {}, program {}, heard {}\nHolds: {}\nTags: {}\nGroups: {}\n", TextOfHub(device, "id"),
      TextOfHub(device, "hardware"), TextOfHub(device, "runtime"),
      AgoOfHub(device.value("last_seen", std::int64_t{0})), HeldOfHub(device),
      JoinedOfHub(device["tags"]), JoinedOfHub(device["groups"]));
  for (const HubJson& offer : reply["orders"])
    page += fmt::format("Is to take: {} {} (rollout {}, offer {})\n", TextOfHub(offer, "bundle"),
                        TextOfHub(offer, "version"), TextOfHub(offer, "rollout"),
                        offer.value("attempt", 0));
  for (const HubJson& event : reply["events"])
    page +=
        fmt::format("{:<12} {} {}: {}{}{}\n", AgoOfHub(event.value("at", std::int64_t{0})),
                    TextOfHub(event, "name"), TextOfHub(event, "version"), TextOfHub(event, "what"),
                    TextOfHub(event, "reason").empty() ? "" : ", ", TextOfHub(event, "reason"));
  return page;
}

std::string RolloutLineOfHub(const HubJson& rollout) {
  return fmt::format(
      "{:<24} {} {}  {}  wave {} of {}, {} of {} have it, {} went wrong{}{}\n",
      TextOfHub(rollout, "rollout"), TextOfHub(rollout, "bundle"), TextOfHub(rollout, "version"),
      TextOfHub(rollout, "state"), rollout.value("wave", 0), rollout.value("waves", 0),
      rollout.value("succeeded", 0), rollout.value("devices", 0), rollout.value("errors", 0),
      TextOfHub(rollout, "reason").empty() ? "" : ": ", TextOfHub(rollout, "reason"));
}

std::string RolloutOfHub(const HubJson& reply) {
  std::string page = RolloutLineOfHub(reply);
  int number = 0;
  for (const HubJson& wave : reply.value("in_waves", HubJson::array())) {
    page += fmt::format("  wave {}, {} devices{}:", ++number, wave.value("size", 0),
                        wave.value("started", false) ? "" : ", not started");
    for (const auto& [stage, count] : wave["stages"].items())
      if (count != 0) page += fmt::format(" {} {}", count.get<int>(), stage);
    page += "\n";
  }
  for (const HubJson& device : reply.value("of_devices", HubJson::array()))
    page += fmt::format("  {:<20} wave {} {:<12} {}\n", TextOfHub(device, "device"),
                        device.value("wave", 0), TextOfHub(device, "stage"),
                        TextOfHub(device, "reason"));
  return page;
}

std::string AuditOfHub(const HubJson& reply) {
  std::string page;
  for (const HubJson& line : reply["lines"])
    page += fmt::format("{:>6} {:<12} {:<12} {:<18} {}  {}\n", line.value("number", 0),
                        AgoOfHub(line.value("at", std::int64_t{0})), TextOfHub(line, "who"),
                        TextOfHub(line, "verb"), line["what"].dump(), TextOfHub(line, "outcome"));
  if (!reply.contains("checked")) return page;
  const int changed = reply.value("first_changed", 0);
  return page +
         (changed == 0
              ? fmt::format("All {} lines are as they were written.\n", reply.value("checked", 0))
              : fmt::format("From line {} on it is not what was written.\n", changed));
}

std::string StatusOfHub(const HubJson& reply) {
  return fmt::format(
      "{} devices, {} heard within 15 minutes; {} rollouts, {} open; {} records since it started; "
      "{} messages set aside\n",
      reply.value("devices", 0), reply.value("heard_within_15_minutes", 0),
      reply.value("rollouts", 0), reply.value("rollouts_open", 0),
      reply.value("records_since_start", 0), reply.value("set_aside", 0));
}

std::string UsersOfHub(const HubJson& reply) {
  std::string page;
  for (const HubJson& user : reply["users"])
    page += fmt::format("{:<20} {}\n", TextOfHub(user, "name"), TextOfHub(user, "role"));
  return page;
}

std::string ClassesOfHub(const HubJson& reply) {
  std::string page;
  for (const HubJson& one : reply["members"])
    page += fmt::format("{:<20} {:<20} {:<8} {}\n", TextOfHub(one, "class"),
                        TextOfHub(one, "device"), TextOfHub(one, "role"), TextOfHub(one, "user"));
  return page.empty() ? "No device is of a class.\n" : page;
}

std::string UserOfHub(const HubJson& reply) {
  return fmt::format("{}: {}. The token, which is told only now:\n{}\n", TextOfHub(reply, "name"),
                     TextOfHub(reply, "role"), TextOfHub(reply, "token"));
}

std::string AsideOfHub(const HubJson& reply) {
  std::string page;
  for (const HubJson& one : reply["messages"])
    page += fmt::format("{:<12} {}: {}\n", AgoOfHub(one.value("at", std::int64_t{0})),
                        TextOfHub(one, "subject"), TextOfHub(one, "reason"));
  return page.empty() ? "Nothing was set aside.\n" : page;
}

std::string RecordsOfHub(const HubJson& reply) {
  std::string page;
  for (const HubJson& one : reply["records"])
    page += fmt::format("{} {} {}: {}\n", TextOfHub(one, "outbox"), one.value("seq", 0),
                        TextOfHub(one, "class"), TextOfHub(one, "body"));
  return page;
}

std::string PageOfHub(const nlohmann::json& reply) {
  const std::string schema = TextOfHub(reply, "schema");
  if (schema == "euphone.hub.devices/1") return DevicesOfHub(reply);
  if (schema == "euphone.hub.device/1") return DeviceOfHub(reply);
  if (schema == "euphone.hub.rollout/1") return RolloutOfHub(reply);
  if (schema == "euphone.hub.audit/1") return AuditOfHub(reply);
  if (schema == "euphone.hub.status/1") return StatusOfHub(reply);
  if (schema == "euphone.hub.users/1") return UsersOfHub(reply);
  if (schema == "euphone.hub.classes/1") return ClassesOfHub(reply);
  if (schema == "euphone.hub.user/1") return UserOfHub(reply);
  if (schema == "euphone.hub.aside/1") return AsideOfHub(reply);
  if (schema == "euphone.hub.records/1") return RecordsOfHub(reply);
  if (schema == "euphone.hub.invite/1") return TextOfHub(reply, "join") + "\n";
  if (schema == "euphone.hub.metrics/1") return TextOfHub(reply, "text");
  if (schema == "euphone.hub.done/1") return "Done.\n";
  if (schema == "euphone.hub.labels/1")
    return fmt::format("Tags: {}\nGroups: {}\n", JoinedOfHub(reply["tags"]),
                       JoinedOfHub(reply["groups"]));
  std::string page;
  if (schema == "euphone.hub.rollouts/1")
    for (const HubJson& rollout : reply["rollouts"]) page += RolloutLineOfHub(rollout);
  else
    page = reply.dump(1) + "\n";
  return page;
}

}  // namespace

std::string HubPage(const nlohmann::json& reply) {
  return PageOfHub(reply) + (reply.value("more", false) ? "There are more: --after\n" : "");
}

}  // namespace euphone::cli
