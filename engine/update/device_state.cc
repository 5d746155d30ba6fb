#include "update/device_state.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/file.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::size_t kMaxStateBytes = 4 << 20;
constexpr std::int64_t kMostNumber = std::int64_t{1} << 50;
constexpr std::array kPhases = {"staging", "staged", "verified", "tested", "shadowed"};

constexpr TextRule kSlotText = {[](std::string_view text) { return text == "a" || text == "b"; },
                                "a or b"};
constexpr TextRule kPhaseText = {
    [](std::string_view text) { return std::ranges::find(kPhases, text) != kPhases.end(); },
    "a phase"};
constexpr TextRule kReason = {[](std::string_view text) { return text.size() <= 1000; },
                              "a short text"};

nlohmann::json ToJson(const InstalledRelease& release) {
  return {{"version", release.version}, {"id", release.id}};
}

InstalledRelease ReadInstalled(JsonObject& object) {
  return {.version = object.Text("version", kVersion), .id = object.Text("id", kSha256)};
}

nlohmann::json ToJson(const SlotState& state) {
  nlohmann::json json = {{"highest", state.highest}, {"bad", nlohmann::json::array()}};
  if (state.active) json["active"] = SlotName(*state.active);
  if (state.previous) json["previous"] = SlotName(*state.previous);
  for (const Slot slot : {Slot::kA, Slot::kB})
    if (state.in(slot)) json["slots"][SlotName(slot)] = ToJson(*state.in(slot));
  if (const auto& candidate = state.candidate) {
    json["candidate"] = ToJson(candidate->release);
    json["candidate"]["slot"] = SlotName(candidate->slot);
    json["candidate"]["phase"] = PhaseName(candidate->phase);
    json["candidate"]["attempts"] = candidate->attempts;
  }
  if (state.probation > 0) json["probation"] = state.probation;
  for (const BadRelease& bad : state.bad) {
    nlohmann::json entry = ToJson(bad.release);
    entry["reason"] = bad.reason;
    entry["at"] = bad.at;
    json["bad"].push_back(std::move(entry));
  }
  return json;
}

std::optional<Slot> ReadSlot(JsonObject& object, const char* key) {
  if (!object.Has(key)) return std::nullopt;
  return object.Text(key, kSlotText) == "b" ? Slot::kB : Slot::kA;
}

SlotState ReadSlotState(JsonObject& object) {
  SlotState state;
  state.active = ReadSlot(object, "active");
  state.previous = ReadSlot(object, "previous");
  if (object.Has("slots")) {
    JsonObject slots = object.Object("slots");
    for (const Slot slot : {Slot::kA, Slot::kB}) {
      if (!slots.Has(SlotName(slot))) continue;
      JsonObject installed = slots.Object(SlotName(slot));
      state.in(slot) = ReadInstalled(installed);
    }
  }
  if (object.Has("candidate")) {
    JsonObject entry = object.Object("candidate");
    Candidate candidate{.release = ReadInstalled(entry)};
    candidate.slot = ReadSlot(entry, "slot").value_or(Slot::kA);
    const std::string phase = entry.Text("phase", kPhaseText);
    const auto found = std::ranges::find(kPhases, phase);
    if (found != kPhases.end()) candidate.phase = static_cast<Phase>(found - kPhases.begin());
    candidate.attempts = static_cast<int>(entry.Integer("attempts", 0, 1000));
    state.candidate = std::move(candidate);
  }
  if (object.Has("probation"))
    state.probation = static_cast<int>(object.Integer("probation", 0, 1000));
  object.Objects("bad", 0, 1000, [&](JsonObject& entry) {
    BadRelease bad{.release = ReadInstalled(entry)};
    bad.reason = entry.Text("reason", kReason);
    bad.at = entry.Integer("at", 0, kMostNumber);
    state.bad.push_back(std::move(bad));
  });
  static constexpr TextRule kVersionOrNone = {
      [](std::string_view text) { return text.empty() || IsVersion(text); }, "a version"};
  state.highest = object.Text("highest", kVersionOrNone);
  // What is in use must lie somewhere.
  for (const auto& [key, slot] :
       {std::pair("active", state.active), std::pair("previous", state.previous)})
    if (slot && !state.in(*slot)) object.Refuse(key, "names an empty slot");
  return state;
}

}  // namespace

const char* SlotName(Slot slot) { return slot == Slot::kA ? "a" : "b"; }

const char* PhaseName(Phase phase) { return kPhases[static_cast<std::size_t>(phase)]; }

const BadRelease* SlotState::Bad(std::string_view release_id) const {
  const auto found = std::ranges::find_if(
      bad, [&](const BadRelease& entry) { return entry.release.id == release_id; });
  return found == bad.end() ? nullptr : &*found;
}

void DeviceState::Tell(UpdateEvent event) {
  event.number = next_event++;
  events.push_back(std::move(event));
  if (events.size() > kKeptEvents) events.erase(events.begin());
}

std::string ToText(const DeviceState& state) {
  nlohmann::json json = {{"format", 1},
                         {"bundles", nlohmann::json::object()},
                         {"events", nlohmann::json::array()},
                         {"next_event", state.next_event}};
  for (const auto& [name, slots] : state.bundles) json["bundles"][name] = ToJson(slots);
  for (const UpdateEvent& event : state.events)
    json["events"].push_back({{"number", event.number},
                              {"at", event.at},
                              {"name", event.name},
                              {"version", event.version},
                              {"what", event.what},
                              {"reason", event.reason}});
  return json.dump(1) + "\n";
}

Result<DeviceState> ParseDeviceState(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  Status status;
  JsonObject reader(json, "", status);
  if (!status) return status.error();
  if (reader.Integer("format", 1, kMostNumber) != 1 && status)
    return Error{Errc::kUnsupported, "was written by a later program; update this one"};
  DeviceState state;
  const auto bundles = json.find("bundles");
  if (bundles == json.end() || !bundles->is_object()) {
    reader.Refuse("bundles", "must be an object");
    return status.error();
  }
  for (const auto& [name, value] : bundles->items()) {
    if (!IsName(name)) reader.Refuse("bundles", "holds what is no bundle's name");
    JsonObject object(value, "bundles." + name.substr(0, 64), status);
    state.bundles.emplace(name, ReadSlotState(object));
  }
  reader.Objects("events", 0, kKeptEvents, [&](JsonObject& entry) {
    UpdateEvent event;
    event.number = entry.Integer("number", 1, kMostNumber);
    event.at = entry.Integer("at", 0, kMostNumber);
    event.name = entry.Text("name", kName);
    event.version = entry.Text("version", kVersion);
    event.what = entry.Text("what", kTerm);
    event.reason = entry.Text("reason", kReason);
    state.events.push_back(std::move(event));
  });
  state.next_event = reader.Integer("next_event", 1, kMostNumber);
  if (!status) return status.error();
  return state;
}

Result<DeviceState> ReadDeviceState(const std::filesystem::path& updates) {
  const auto path = updates / "state.json";
  const auto text = ReadFile(path, kMaxStateBytes);
  if (!text && text.error().code == Errc::kNotFound) return DeviceState();
  if (!text) return text.error();
  auto state = ParseDeviceState(*text);
  if (!state) return Prefixed(path.string(), state.error());
  return state;
}

Status WriteDeviceState(const std::filesystem::path& updates, const DeviceState& state) {
  return WriteFileAtomically(updates / "state.json", ToText(state));
}

std::filesystem::path SlotFolder(const std::filesystem::path& updates, std::string_view name,
                                 Slot slot) {
  return updates / "slots" / name / SlotName(slot);
}

}  // namespace euphone
