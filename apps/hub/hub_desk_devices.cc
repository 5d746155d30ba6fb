#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/hub_desk.h"
#include "rollout/device_json.h"
#include "rollout/strict_object.h"
#include "rollout/target_filter.h"

namespace euphone::hub {
namespace {

using nlohmann::json;

constexpr std::size_t kMostLabels = 64;
constexpr int kEventsShown = 100;

json RecordJson(const DeviceRecord& record) {
  return json::parse(DeviceLine(record), nullptr, false);
}

/// Arguments that are a device's name alone.
Result<std::string> DeviceIn(const json& arguments) {
  std::string device;
  Status status;
  StrictObject object(arguments, "", status);
  object.Require("device");
  object.Text("device", device, 64);
  if (status && !fleet::IsDeviceName(device))
    object.Refuse("device", "is of letters, digits, - and _, 64 at most");
  object.RefuseOthers();
  if (!status) return status.error();
  return device;
}

json Done() { return {{"schema", "euphone.hub.done/1"}}; }

}  // namespace

Result<nlohmann::json> HubDesk::Status_(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  const auto aside = records_.CountAside();
  if (!aside) return aside.error();
  std::size_t open = 0, heard = 0;
  for (const auto& run : rollouts_.runs())
    if (!run->rollout.ended()) ++open;
  for (const auto& [name, record] : records_.inventory().devices)
    if (call.now - record.last_seen < 900) ++heard;
  return json{{"schema", "euphone.hub.status/1"},
              {"devices", records_.inventory().devices.size()},
              {"heard_within_15_minutes", heard},
              {"rollouts", rollouts_.runs().size()},
              {"rollouts_open", open},
              {"set_aside", *aside},
              {"records_since_start", records_.kept_records()}};
}

Result<nlohmann::json> HubDesk::Metrics(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  fleet::FleetNow fleet{.intake = records_.taken_in(), .now = call.now};
  fleet.devices = [this](const fleet::FleetNow::Teller& tell) {
    return records_.EachTelemetry(tell);
  };
  for (const auto& run : rollouts_.runs()) fleet.rollouts.push_back(&run->rollout);
  fleet.reference = outlets_.reference;
  if (outlets_.waiting) outlets_.waiting(fleet.intake);
  const auto text = metrics_.Text(fleet);
  if (!text) return text.error();
  return json{{"schema", "euphone.hub.metrics/1"}, {"text", *text}};
}

Result<nlohmann::json> HubDesk::ListDevices(const Call& call) {
  std::string text, after;
  std::int64_t most = 1000;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Text("filter", text, 4096, true);
  object.Text("after", after, 64, true);
  object.Integer("most", most, 1, 5000);
  object.RefuseOthers();
  if (!status) return status.error();
  TargetFilter filter;
  if (!text.empty()) {
    auto parsed = TargetFilter::Parse(text);
    if (!parsed) return Prefixed("filter", parsed.error());
    filter = *std::move(parsed);
  }
  std::vector<const DeviceRecord*> found;
  for (const auto& [name, record] : records_.inventory().devices)
    if (name > after && filter.Matches(record, {.bundle = {}, .now = call.now}))
      found.push_back(&record);
  std::ranges::sort(found, {}, &DeviceRecord::id);
  json reply = {{"schema", "euphone.hub.devices/1"}, {"devices", json::array()}};
  reply["more"] = std::ssize(found) > most;
  found.resize(std::min(found.size(), static_cast<std::size_t>(most)));
  for (const DeviceRecord* record : found) reply["devices"].push_back(RecordJson(*record));
  return reply;
}

Result<nlohmann::json> HubDesk::ShowDevice(const Call& call) {
  const auto device = DeviceIn(call.arguments);
  if (!device) return device.error();
  const auto& devices = records_.inventory().devices;
  const auto found = devices.find(*device);
  if (found == devices.end()) return Error{Errc::kNotFound, "there is no device " + *device};
  const auto telemetry = records_.TelemetryOf(*device);
  if (!telemetry) return telemetry.error();
  const auto events = records_.EventsOf(*device, kEventsShown);
  if (!events) return events.error();
  json reply = {{"schema", "euphone.hub.device/1"}, {"device", RecordJson(found->second)}};
  reply["orders"] = json::parse(ToJson(rollouts_.OrdersOf(*device)), nullptr, false)["offers"];
  if (!telemetry->empty()) reply["telemetry"] = json::parse(*telemetry, nullptr, false);
  reply["events"] = json::array();
  for (const UpdateEvent& event : *events)
    reply["events"].push_back({{"number", event.number},
                               {"at", event.at},
                               {"name", event.name},
                               {"version", event.version},
                               {"what", event.what},
                               {"reason", event.reason}});
  return reply;
}

Result<nlohmann::json> HubDesk::ListRecords(const Call& call) {
  const auto device = DeviceIn(call.arguments);
  if (!device) return device.error();
  const auto records = records_.UplinkOf(*device, 1000);
  if (!records) return records.error();
  json reply = {{"schema", "euphone.hub.records/1"}, {"records", json::array()}};
  for (const UplinkRow& row : *records)
    reply["records"].push_back({{"outbox", row.outbox},
                                {"seq", row.seq},
                                {"class", row.kind},
                                {"learner", row.learner},
                                {"body", row.body}});
  return reply;
}

Result<nlohmann::json> HubDesk::Label(const Call& call, bool groups) {
  std::string device;
  std::vector<std::string> add, remove;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("device");
  object.Text("device", device, 64);
  object.Texts("add", add, kMostLabels, 64);
  object.Texts("remove", remove, kMostLabels, 64);
  object.RefuseOthers();
  if (!status) return status.error();
  const auto& devices = records_.inventory().devices;
  const auto found = devices.find(device);
  if (found == devices.end()) return Error{Errc::kNotFound, "there is no device " + device};
  std::vector<std::string> tags = found->second.tags, in = found->second.groups;
  std::vector<std::string>& labels = groups ? in : tags;
  for (const std::string& label : remove) std::erase(labels, label);
  for (const std::string& label : add)
    if (std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
  if (labels.size() > kMostLabels)
    return Error{Errc::kInvalidArgument, device + ": over " + std::to_string(kMostLabels)};
  if (Status set = records_.SetLabels(device, tags, in); !set) return set.error();
  return json{{"schema", "euphone.hub.labels/1"}, {"tags", tags}, {"groups", in}};
}

Result<nlohmann::json> HubDesk::Tag(const Call& call) { return Label(call, false); }
Result<nlohmann::json> HubDesk::Group(const Call& call) { return Label(call, true); }

Result<nlohmann::json> HubDesk::Forget(const Call& call) {
  const auto device = DeviceIn(call.arguments);
  if (!device) return device.error();
  if (Status gone = records_.Forget(*device); !gone) return gone.error();
  return Done();
}

Result<nlohmann::json> HubDesk::Invite(const Call& call) {
  const auto device = DeviceIn(call.arguments);
  if (!device) return device.error();
  const auto url = outlets_.invite(*device);
  if (!url) return url.error();
  return json{{"schema", "euphone.hub.invite/1"},
              {"device", *device},
              {"url", *url},
              {"join", "euphone agent join " + *url}};
}

Result<nlohmann::json> HubDesk::Revoke(const Call& call) {
  const auto device = DeviceIn(call.arguments);
  if (!device) return device.error();
  if (Status gone = outlets_.revoke(*device); !gone) return gone.error();
  return Done();
}

Result<nlohmann::json> HubDesk::ListAside(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  const auto aside = records_.Aside(200);
  if (!aside) return aside.error();
  json reply = {{"schema", "euphone.hub.aside/1"}, {"messages", json::array()}};
  for (const SetAside& one : *aside)
    reply["messages"].push_back({{"at", one.at},
                                 {"subject", one.subject},
                                 {"reason", one.reason},
                                 {"body", one.body.substr(0, 4096)}});
  return reply;
}

}  // namespace euphone::hub
