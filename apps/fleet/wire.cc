#include "fleet/wire.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "rollout/device_json.h"
#include "rollout/strict_object.h"

namespace euphone::fleet {
namespace {

using nlohmann::json;

constexpr std::string_view kUp = "euphone.up.", kDown = "euphone.down.", kAsk = "euphone.ask.";
constexpr std::size_t kNameBytes = 64, kReasonBytes = 1000, kMostRecords = 5000, kMostOffers = 64;
constexpr std::int64_t kLatest = std::int64_t{1} << 53;

std::string Dump(const nlohmann::ordered_json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

template <class Names>
void ReadName(StrictObject& object, std::string_view key, const Names& names, std::size_t& index) {
  std::string name;
  object.Require(key);
  object.Text(key, name, kNameBytes);
  const auto found = std::ranges::find(names, name);
  if (object.failed()) return;
  if (found == names.end()) return object.Refuse(key, "there is no " + name);
  index = static_cast<std::size_t>(found - names.begin());
}

void ReadNumber(StrictObject& object, std::string_view key, std::uint64_t& number) {
  std::int64_t read = 0;
  object.Integer(key, read, 0, kLatest);
  number = static_cast<std::uint64_t>(read);
}

void ReadAttempt(StrictObject& object, int& attempt) {
  std::int64_t read = 1;
  object.Integer("attempt", read, 1, 1'000'000);
  attempt = static_cast<int>(read);
}

void OnlyThese(StrictObject& object, const json& value,
               std::initializer_list<std::string_view> known) {
  for (const auto& [key, field] : value.items())
    if (std::ranges::find(known, key) == known.end())
      return object.Refuse(key.substr(0, kNameBytes), "there is no such field");
}

// --- What a message is about ------------------------------------------------------------------

nlohmann::ordered_json BodyOf(const Heartbeat& heartbeat) {
  nlohmann::ordered_json body = {
      {"record", nlohmann::ordered_json::parse(DeviceLine(heartbeat.record))}};
  if (!heartbeat.telemetry.empty())
    body["telemetry"] = nlohmann::ordered_json::parse(heartbeat.telemetry, nullptr, false);
  return body;
}

nlohmann::ordered_json BodyOf(const OfferReport& report) {
  return {{"rollout", report.rollout},
          {"attempt", report.attempt},
          {"stage", kStageNames[static_cast<std::size_t>(report.stage)]},
          {"reason", report.reason}};
}

nlohmann::ordered_json BodyOf(const UpdateEvent& event) {
  return {{"number", event.number},   {"at", event.at},     {"name", event.name},
          {"version", event.version}, {"what", event.what}, {"reason", event.reason}};
}

nlohmann::ordered_json BodyOf(const Uplink& uplink) {
  auto records = nlohmann::ordered_json::array();
  for (const QueuedRecord& queued : uplink.records) {
    auto& line = records.emplace_back(nlohmann::ordered_json{
        {"seq", queued.seq},
        {"class", kUplinkClassNames[static_cast<std::size_t>(queued.record.kind)]},
        {"body", queued.record.body}});
    if (!queued.record.learner.empty()) line["learner"] = queued.record.learner;
    if (queued.record.kind != UplinkClass::kDeletion) continue;
    line["through"] = queued.through;
    line["forgets"] = nlohmann::ordered_json::array();
    for (const UplinkClass kind : queued.forgets)
      line["forgets"].push_back(kUplinkClassNames[static_cast<std::size_t>(kind)]);
  }
  return {{"outbox", uplink.outbox}, {"records", std::move(records)}};
}

/// Its record is checked by the reader of inventories, and telemetry by who uses it.
Heartbeat ReadHeartbeat(StrictObject& object, const json& body, Status& status) {
  Heartbeat heartbeat;
  if (!body.is_object()) {
    object.Refuse("heartbeat", "must be an object");
    return heartbeat;
  }
  auto record = ReadDeviceLine(body.value("record", json()).dump());
  if (record)
    heartbeat.record = *std::move(record);
  else if (status)
    status = Prefixed("heartbeat.record", record.error());
  OnlyThese(object, body, {"record", "telemetry"});
  if (const auto telemetry = body.find("telemetry"); telemetry != body.end())
    heartbeat.telemetry = telemetry->dump(-1, ' ', false, json::error_handler_t::replace);
  return heartbeat;
}

OfferReport ReadReport(StrictObject& object) {
  OfferReport report;
  object.Require("rollout");
  object.Text("rollout", report.rollout, kNameBytes);
  ReadAttempt(object, report.attempt);
  std::size_t stage = 0;
  ReadName(object, "stage", kStageNames, stage);
  report.stage = static_cast<DeviceStage>(stage);
  if (report.stage < DeviceStage::kDownloading || report.stage == DeviceStage::kLost)
    object.Refuse("stage", "is none that a device reports");
  object.Text("reason", report.reason, kReasonBytes, true);
  return report;
}

UpdateEvent ReadUpdateEvent(StrictObject& object) {
  UpdateEvent event;
  object.Require("number");
  object.Integer("number", event.number, 1, kLatest);
  object.Integer("at", event.at, 0, kLatest);
  object.Text("name", event.name, 2 * kNameBytes, true);
  object.Text("version", event.version, kNameBytes, true);
  object.Require("what");
  object.Text("what", event.what, kNameBytes);
  object.Text("reason", event.reason, kReasonBytes, true);
  return event;
}

void ReadForgets(StrictObject& object, QueuedRecord& queued) {
  std::vector<std::string> names;
  object.Texts("forgets", names, kUplinkClasses, kNameBytes);
  for (const std::string& name : names) {
    const auto found = std::ranges::find(kUplinkClassNames, name);
    if (found == kUplinkClassNames.end()) return object.Refuse("forgets", "there is no " + name);
    queued.forgets.push_back(static_cast<UplinkClass>(found - kUplinkClassNames.begin()));
  }
}

Uplink ReadUplink(StrictObject& object) {
  Uplink uplink;
  object.Require("outbox");
  object.Text("outbox", uplink.outbox, kNameBytes);
  object.Objects("records", 0, kMostRecords, [&uplink](StrictObject& line) {
    QueuedRecord& queued = uplink.records.emplace_back();
    line.Require("seq");
    ReadNumber(line, "seq", queued.seq);
    std::size_t kind = 0;
    ReadName(line, "class", kUplinkClassNames, kind);
    queued.record.kind = static_cast<UplinkClass>(kind);
    line.Text("body", queued.record.body, kMostUpBytes, true);
    line.Text("learner", queued.record.learner, kNameBytes, true);
    ReadNumber(line, "through", queued.through);
    ReadForgets(line, queued);
  });
  return uplink;
}

constexpr std::array<std::string_view, 4> kKinds = {"heartbeat", "report", "event", "uplink"};

}  // namespace

bool IsDeviceName(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytes && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

std::string UpSubject(std::string_view device) { return std::string(kUp).append(device); }
std::string DownSubject(std::string_view device) { return std::string(kDown).append(device); }
std::string AskSubject(std::string_view device, std::string_view what) {
  return std::string(kAsk).append(device).append(".").append(what);
}

std::string_view DeviceOf(std::string_view subject) {
  for (const std::string_view prefix : {kUp, kDown, kAsk}) {
    if (!subject.starts_with(prefix)) continue;
    subject.remove_prefix(prefix.size());
    const std::string_view device = subject.substr(0, subject.find('.'));
    return IsDeviceName(device) ? device : std::string_view();
  }
  return {};
}

std::string ToJson(const UpMessage& message) {
  nlohmann::ordered_json document = {
      {"schema", "euphone.up/1"}, {"device", message.device}, {"at", message.at}};
  document[std::string(kKinds[message.what.index()])] =
      std::visit([](const auto& what) { return BodyOf(what); }, message.what);
  return Dump(document);
}

Result<UpMessage> ReadUpMessage(std::string_view text) {
  const auto document = OpenDocument(text, "euphone.up/1", kMostUpBytes);
  if (!document) return document.error();
  UpMessage message;
  Status status;
  StrictObject object(*document, "", status);
  object.Require("device");
  object.Text("device", message.device, kNameBytes);
  if (!IsDeviceName(message.device)) object.Refuse("device", "is no name of a device");
  object.Integer("at", message.at, 0, kLatest);
  if (object.Has("heartbeat")) {
    message.what = ReadHeartbeat(object, (*document)["heartbeat"], status);
  } else if (object.Has("report")) {
    object.Object("report", [&](StrictObject& body) { message.what = ReadReport(body); });
  } else if (object.Has("event")) {
    object.Object("event", [&](StrictObject& body) { message.what = ReadUpdateEvent(body); });
  } else if (object.Has("uplink")) {
    object.Object("uplink", [&](StrictObject& body) { message.what = ReadUplink(body); });
  } else {
    object.Refuse("", "it is about nothing that is known");
  }
  OnlyThese(object, *document, {"schema", "device", "at", kKinds[message.what.index()]});
  if (!status) return status.error();
  return message;
}

std::string ToJson(const Orders& orders) {
  auto offers = nlohmann::ordered_json::array();
  for (const Offer& offer : orders.offers)
    offers.push_back({{"rollout", offer.rollout},
                      {"attempt", offer.attempt},
                      {"bundle", offer.bundle},
                      {"version", offer.version.Text()}});
  return Dump({{"schema", "euphone.orders/1"}, {"offers", std::move(offers)}});
}

Result<Orders> ReadOrders(std::string_view text) {
  const auto document = OpenDocument(text, "euphone.orders/1", kMostUpBytes);
  if (!document) return document.error();
  Orders orders;
  Status status;
  StrictObject object(*document, "", status);
  OnlyThese(object, *document, {"schema", "offers"});
  object.Objects("offers", 0, kMostOffers, [&orders](StrictObject& line) {
    Offer& offer = orders.offers.emplace_back();
    line.Require("rollout");
    line.Text("rollout", offer.rollout, kNameBytes);
    ReadAttempt(line, offer.attempt);
    line.Require("bundle");
    line.Text("bundle", offer.bundle, kNameBytes);
    line.Require("version");
    line.Version("version", offer.version);
  });
  if (!status) return status.error();
  return orders;
}

std::string ToJson(const Cursors& cursors) {
  nlohmann::ordered_json upto = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < kUplinkClasses; ++i)
    upto[std::string(kUplinkClassNames[i])] = cursors.upto[i];
  return Dump(
      {{"schema", "euphone.cursors/1"}, {"outbox", cursors.outbox}, {"upto", std::move(upto)}});
}

Result<Cursors> ReadCursors(std::string_view text) {
  const auto document = OpenDocument(text, "euphone.cursors/1", kMostUpBytes);
  if (!document) return document.error();
  Cursors cursors;
  Status status;
  StrictObject object(*document, "", status);
  OnlyThese(object, *document, {"schema", "outbox", "upto"});
  object.Require("outbox");
  object.Text("outbox", cursors.outbox, kNameBytes);
  object.Object("upto", [&cursors](StrictObject& upto) {
    for (std::size_t i = 0; i < kUplinkClasses; ++i)
      ReadNumber(upto, kUplinkClassNames[i], cursors.upto[i]);
  });
  if (!status) return status.error();
  return cursors;
}

}  // namespace euphone::fleet
