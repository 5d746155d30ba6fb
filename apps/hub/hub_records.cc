#include "hub/hub_records.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "model/digest.h"
#include "rollout/device_json.h"

namespace euphone::hub {
namespace {

using fleet::Heartbeat;
using fleet::Uplink;
using fleet::UpMessage;
using nlohmann::json;

constexpr std::size_t kMostKeptOfAside = 64 << 10;

std::string Text(std::uint64_t number) { return std::to_string(number); }
std::string Text(std::int64_t number) { return std::to_string(number); }

std::string ClassName(UplinkClass kind) {
  return std::string(fleet::kUplinkClassNames[static_cast<std::size_t>(kind)]);
}

std::vector<std::string> TextsIn(const std::optional<std::string>& text) {
  const json list = json::parse(text.value_or("[]"), nullptr, false);
  std::vector<std::string> texts;
  if (!list.is_array()) return texts;
  for (const json& one : list)
    if (one.is_string()) texts.push_back(one.get<std::string>());
  return texts;
}

std::string Digest(const std::string& bytes) {
  return Sha256Hex(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

/// Bytes that any database takes as text.
std::string Printable(std::string text) {
  text.resize(std::min(text.size(), kMostKeptOfAside));
  std::ranges::replace(text, '\0', ' ');
  return json(text).dump(-1, ' ', true, json::error_handler_t::replace);
}

}  // namespace

Status HubRecords::Load() {
  inventory_ = {.devices = {}, .changes = inventory_.changes + 1};
  forgotten_.clear();
  const auto devices =
      database_->Run("SELECT device, record, seen_s, tags, in_groups FROM hub_devices", {}, 5);
  if (!devices) return devices.error();
  for (const auto& row : devices->rows) {
    auto record = ReadDeviceLine(*row[1]);
    if (!record) return Prefixed(database_->where() + ", device " + *row[0], record.error());
    record->last_seen = NumberIn(row[2]);
    record->tags = TextsIn(row[3]);
    record->groups = TextsIn(row[4]);
    inventory_.devices[*row[0]] = *std::move(record);
  }
  const auto forgotten =
      database_->Run("SELECT device, learner, class, upto FROM hub_forgotten", {}, 4);
  if (!forgotten) return forgotten.error();
  for (const auto& row : forgotten->rows)
    forgotten_[{*row[0], *row[1], *row[2]}] = static_cast<std::uint64_t>(NumberIn(row[3]));
  return {};
}

Result<std::vector<CommittedUplink>> HubRecords::Commit(const Batch& batch) {
  const Status kept = database_->InTransaction([&]() -> Status {
    for (const auto step :
         {&HubRecords::KeepHeartbeats, &HubRecords::KeepEvents, &HubRecords::KeepDeletions,
          &HubRecords::KeepUplinks, &HubRecords::KeepRest})
      if (Status done = (this->*step)(batch); !done) return done;
    return {};
  });
  if (!kept) return kept.error();
  Know(batch);
  std::map<std::pair<std::string, std::string>, fleet::Cursors> upto;
  for (const UpMessage& message : batch.messages) {
    const auto* uplink = std::get_if<Uplink>(&message.what);
    if (uplink == nullptr) continue;
    fleet::Cursors& cursors = upto[{message.device, uplink->outbox}];
    cursors.outbox = uplink->outbox;
    for (const QueuedRecord& queued : uplink->records) {
      auto& highest = cursors.upto[static_cast<std::size_t>(queued.record.kind)];
      highest = std::max(highest, queued.seq);
    }
  }
  std::vector<CommittedUplink> committed;
  for (auto& [key, cursors] : upto)
    committed.push_back({.device = key.first, .cursors = std::move(cursors)});
  return committed;
}

void HubRecords::Know(const Batch& batch) {
  taken_in_.refused += batch.aside.size();
  taken_in_.reports += batch.lines.size();
  for (const UpMessage& message : batch.messages) {
    if (const auto* uplink = std::get_if<Uplink>(&message.what)) {
      kept_records_ += static_cast<std::int64_t>(uplink->records.size());
      taken_in_.records += uplink->records.size();
    }
    taken_in_.uplinks += std::holds_alternative<Uplink>(message.what) ? 1U : 0U;
    taken_in_.events += std::holds_alternative<UpdateEvent>(message.what) ? 1U : 0U;
    taken_in_.heartbeats += std::holds_alternative<Heartbeat>(message.what) ? 1U : 0U;
    const auto* heartbeat = std::get_if<Heartbeat>(&message.what);
    if (heartbeat == nullptr) continue;
    const auto [entry, is_new] = inventory_.devices.try_emplace(message.device);
    DeviceRecord& known = entry->second;
    DeviceRecord record = heartbeat->record;
    record.tags = std::move(known.tags);
    record.groups = std::move(known.groups);
    record.last_seen = batch.now;
    known = std::move(record);
    if (is_new) ++inventory_.changes;
  }
}

Status HubRecords::KeepHeartbeats(const Batch& batch) {
  std::set<std::string> seen;
  std::vector<Row> rows;
  for (auto message = batch.messages.rbegin(); message != batch.messages.rend(); ++message) {
    const auto* heartbeat = std::get_if<Heartbeat>(&message->what);
    // Of several the last: a statement may not write a row twice.
    if (heartbeat == nullptr || !seen.insert(message->device).second) continue;
    rows.push_back({message->device, DeviceLine(heartbeat->record), heartbeat->telemetry,
                    Text(batch.now), "[]", "[]"});
  }
  const auto kept = database_->Insert(
      "hub_devices", rows,
      "ON CONFLICT (device) DO UPDATE SET record = excluded.record, seen_s = excluded.seen_s, "
      "telemetry = CASE WHEN excluded.telemetry = '' THEN hub_devices.telemetry "
      "ELSE excluded.telemetry END");
  return kept ? Status() : kept.error();
}

Status HubRecords::KeepEvents(const Batch& batch) {
  std::vector<Row> rows;
  for (const UpMessage& message : batch.messages) {
    const auto* event = std::get_if<UpdateEvent>(&message.what);
    if (event == nullptr) continue;
    rows.push_back({message.device, Text(event->number), Text(event->at), event->name,
                    event->version, event->what, event->reason});
  }
  const auto kept = database_->Insert("hub_events", rows, "ON CONFLICT DO NOTHING");
  return kept ? Status() : kept.error();
}

Status HubRecords::KeepDeletions(const Batch& batch) {
  for (const UpMessage& message : batch.messages) {
    const auto* uplink = std::get_if<Uplink>(&message.what);
    if (uplink == nullptr) continue;
    for (const QueuedRecord& queued : uplink->records) {
      if (queued.record.kind != UplinkClass::kDeletion) continue;
      for (const UplinkClass kind : queued.forgets) {
        const std::string name = ClassName(kind), upto = Text(queued.through);
        const std::string& learner = queued.record.learner;
        std::uint64_t& known = forgotten_[{message.device, learner, name}];
        known = std::max(known, queued.through);
        const std::vector<Row> row{{message.device, learner, name, Text(known)}};
        const auto noted = database_->Insert(
            "hub_forgotten", row,
            "ON CONFLICT (device, learner, class) DO UPDATE SET upto = excluded.upto");
        if (!noted) return noted.error();
        const auto gone = database_->Run(
            "DELETE FROM hub_uplink WHERE device = $1 AND learner = $2 AND class = $3 AND seq <= "
            "$4",
            {message.device, learner, name, upto});
        if (!gone) return gone.error();
      }
    }
  }
  return {};
}

Status HubRecords::KeepUplinks(const Batch& batch) {
  std::vector<Row> rows;
  std::map<Row, std::uint64_t> upto;
  for (const UpMessage& message : batch.messages) {
    const auto* uplink = std::get_if<Uplink>(&message.what);
    if (uplink == nullptr) continue;
    for (const QueuedRecord& queued : uplink->records) {
      const std::string kind = ClassName(queued.record.kind);
      auto& highest = upto[{message.device, uplink->outbox, kind}];
      highest = std::max(highest, queued.seq);
      if (queued.record.kind == UplinkClass::kDeletion) continue;
      const auto gone = forgotten_.find({message.device, queued.record.learner, kind});
      if (gone != forgotten_.end() && queued.seq <= gone->second) continue;
      rows.push_back({message.device, uplink->outbox, Text(queued.seq), kind, queued.record.learner,
                      queued.record.body, Text(batch.now)});
    }
  }
  if (const auto kept = database_->Insert("hub_uplink", rows, "ON CONFLICT DO NOTHING"); !kept)
    return kept.error();
  std::vector<Row> cursors;
  for (const auto& [key, number] : upto) {
    cursors.push_back(key);
    cursors.back().push_back(Text(number));
  }
  const auto moved = database_->Insert(
      "hub_cursors", cursors,
      "ON CONFLICT (device, outbox, class) DO UPDATE SET upto = CASE WHEN excluded.upto > "
      "hub_cursors.upto THEN excluded.upto ELSE hub_cursors.upto END");
  return moved ? Status() : moved.error();
}

Status HubRecords::KeepRest(const Batch& batch) {
  std::vector<Row> aside, lines;
  for (const SetAside& one : batch.aside)
    aside.push_back({Digest(one.subject + '\n' + one.body), one.subject, Printable(one.reason),
                     Printable(one.body), Text(one.at)});
  if (const auto kept = database_->Insert("hub_set_aside", aside, "ON CONFLICT DO NOTHING"); !kept)
    return kept.error();
  for (const RolloutLine& one : batch.lines)
    lines.push_back({one.rollout, Text(one.number), one.line});
  const auto kept = database_->Insert("hub_rollout_log", lines, "");
  return kept ? Status() : kept.error();
}

Result<fleet::Cursors> HubRecords::CursorsOf(const std::string& device, const std::string& outbox) {
  const auto rows = database_->Run(
      "SELECT class, upto FROM hub_cursors WHERE device = $1 AND outbox = $2", {device, outbox}, 2);
  if (!rows) return rows.error();
  fleet::Cursors cursors{.outbox = outbox};
  for (const auto& row : rows->rows)
    for (std::size_t i = 0; i < kUplinkClasses; ++i)
      if (fleet::kUplinkClassNames[i] == *row[0])
        cursors.upto[i] = static_cast<std::uint64_t>(NumberIn(row[1]));
  return cursors;
}

Result<std::string> HubRecords::TelemetryOf(const std::string& device) {
  const auto rows =
      database_->Run("SELECT telemetry FROM hub_devices WHERE device = $1", {device}, 1);
  if (!rows) return rows.error();
  return rows->rows.empty() ? std::string() : rows->rows.front()[0].value_or("");
}

Status HubRecords::EachTelemetry(const fleet::FleetNow::Teller& tell) {
  const auto rows = database_->Run("SELECT device, telemetry FROM hub_devices", {}, 2);
  if (!rows) return rows.error();
  for (const auto& row : rows->rows) {
    const auto known = inventory_.devices.find(row[0].value_or(""));
    if (known != inventory_.devices.end()) tell(known->second, row[1].value_or(""));
  }
  return {};
}

Result<std::vector<UpdateEvent>> HubRecords::EventsOf(const std::string& device, int most) {
  const auto rows = database_->Run(
      "SELECT number, at_s, bundle, version, what, reason FROM hub_events WHERE device = $1 "
      "ORDER BY at_s DESC, number DESC LIMIT " +
          std::to_string(most),
      {device}, 6);
  if (!rows) return rows.error();
  std::vector<UpdateEvent> events;
  for (const auto& row : rows->rows)
    events.push_back({.number = NumberIn(row[0]),
                      .at = NumberIn(row[1]),
                      .name = *row[2],
                      .version = *row[3],
                      .what = *row[4],
                      .reason = *row[5]});
  return events;
}

Result<std::vector<UplinkRow>> HubRecords::UplinkOf(const std::string& device, int most) {
  const auto rows = database_->Run(
      "SELECT outbox, seq, class, learner, body FROM hub_uplink WHERE device = $1 "
      "ORDER BY kept_s DESC, seq DESC LIMIT " +
          std::to_string(most),
      {device}, 5);
  if (!rows) return rows.error();
  std::vector<UplinkRow> records;
  for (const auto& row : rows->rows)
    records.push_back({.outbox = *row[0],
                       .seq = static_cast<std::uint64_t>(NumberIn(row[1])),
                       .kind = *row[2],
                       .learner = *row[3],
                       .body = *row[4]});
  return records;
}

Result<std::vector<SetAside>> HubRecords::Aside(int most) {
  const auto rows = database_->Run(
      "SELECT subject, reason, body, at_s FROM hub_set_aside ORDER BY at_s DESC LIMIT " +
          std::to_string(most),
      {}, 4);
  if (!rows) return rows.error();
  std::vector<SetAside> aside;
  for (const auto& row : rows->rows) {
    const auto plain = [](const std::string& quoted) {
      const json text = json::parse(quoted, nullptr, false);
      return text.is_string() ? text.get<std::string>() : quoted;
    };
    aside.push_back({.subject = *row[0],
                     .reason = plain(*row[1]),
                     .body = plain(*row[2]),
                     .at = NumberIn(row[3])});
  }
  return aside;
}

Result<std::int64_t> HubRecords::CountAside() {
  const auto rows = database_->Run("SELECT count(*) FROM hub_set_aside", {}, 1);
  if (!rows) return rows.error();
  return NumberIn(rows->rows.front()[0]);
}

Status HubRecords::SetLabels(const std::string& device, const std::vector<std::string>& tags,
                             const std::vector<std::string>& groups) {
  const auto found = inventory_.devices.find(device);
  if (found == inventory_.devices.end())
    return Error{Errc::kNotFound, "there is no device " + device};
  const auto set =
      database_->Run("UPDATE hub_devices SET tags = $1, in_groups = $2 WHERE device = $3",
                     {json(tags).dump(), json(groups).dump(), device});
  if (!set) return set.error();
  found->second.tags = tags;
  found->second.groups = groups;
  return {};
}

Result<std::int64_t> HubRecords::DropBefore(std::int64_t seconds, int most) {
  const std::string before = Text(seconds), limit = " LIMIT " + std::to_string(most) + ")";
  const auto records = database_->Run(
      "DELETE FROM hub_uplink WHERE (device, outbox, seq) IN (SELECT device, outbox, seq FROM "
      "hub_uplink WHERE kept_s < $1" +
          limit,
      {before});
  if (!records) return records.error();
  const auto aside = database_->Run(
      "DELETE FROM hub_set_aside WHERE digest IN (SELECT digest FROM hub_set_aside WHERE at_s < "
      "$1" +
          limit,
      {before});
  if (!aside) return aside.error();
  return records->changed + aside->changed;
}

Status HubRecords::Forget(const std::string& device) {
  if (!inventory_.devices.contains(device))
    return Error{Errc::kNotFound, "there is no device " + device};
  for (const char* table : {"hub_devices", "hub_events", "hub_uplink", "hub_cursors"}) {
    const auto gone =
        database_->Run(std::string("DELETE FROM ") + table + " WHERE device = $1", {device});
    if (!gone) return gone.error();
  }
  inventory_.devices.erase(device);
  ++inventory_.changes;
  return {};
}

}  // namespace euphone::hub
