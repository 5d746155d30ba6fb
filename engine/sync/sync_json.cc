#include "sync/sync_json.h"

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <utility>

#include "sync/kinds.h"

namespace euphone {

using nlohmann::json;

namespace {

constexpr std::string_view kSchema = "euphone.sync/1";
constexpr std::string_view kReplicaSchema = "euphone.replica/1";
constexpr std::size_t kMaxNameBytes = 64;

std::string Dump(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json FromStamp(const Stamp& stamp) {
  return json::array({stamp.ms, stamp.counter, stamp.device, stamp.seq});
}

json FromOperation(const Operation& operation) {
  const Change& change = operation.change;
  json fields = json::object();
  for (const auto& [name, value] : change.fields) fields[name] = value;
  return {{"deletes", change.deletes},
          {"fields", fields},
          {"kind", change.object.kind},
          {"stamp", FromStamp(operation.stamp)},
          {"uuid", change.object.uuid}};
}

json FromEntry(const Entry& entry) {
  json out = {
      {"hub", entry.hub}, {"number", entry.number}, {"operation", FromOperation(entry.operation)}};
  if (entry.counts_as) {
    out["counts_as"] = FromStamp(*entry.counts_as);
  } else {
    out["refused"] = entry.refused;
  }
  return out;
}

json FromState(const ClassState& state) {
  json objects = json::array();
  for (const auto& [id, object] : state.objects()) {
    json fields = json::object();
    for (const auto& [name, with] : object.fields) {
      fields[name] = json::array({with.value, FromStamp(with.stamp)});
    }
    objects.push_back(
        {{"deleted", object.deleted}, {"fields", fields}, {"kind", id.kind}, {"uuid", id.uuid}});
  }
  json judged = json::object();
  for (const auto& [device, numbers] : state.judged()) {
    judged[device] = {{"beyond", numbers.beyond()}, {"upto", numbers.upto()}};
  }
  json refused = json::array();
  for (const auto& [device, seq, why] : state.refused()) {
    refused.push_back(json::array({device, seq, why}));
  }
  return {{"judged", judged},
          {"latest", FromStamp(state.latest())},
          {"objects", objects},
          {"refused", refused}};
}

}  // namespace

// Reads one document; the first mistake is kept, and all after it reads as nothing.
struct ClassStateReader {
  std::string mistake = {};

  void Fail(const std::string& what) {
    if (mistake.empty()) mistake = what;
  }

  const json& At(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object() || !object.contains(name)) {
      Fail(std::string("'") + name + "' is missing");
      return nothing;
    }
    return object[name];
  }

  void Only(const json& object, std::initializer_list<std::string_view> names) {
    if (!object.is_object()) return Fail("an object is needed");
    for (const auto& [key, value] : object.items()) {
      bool known = false;
      for (const std::string_view name : names) known = known || key == name;
      if (!known) Fail("'" + key.substr(0, 32) + "' is no field of it");
    }
  }

  const json& List(const json& value, std::size_t most, const char* name) {
    static const json nothing = json::array();
    if (value.is_array() && value.size() <= most) return value;
    Fail(std::string("'") + name + "' is no list of at most " + std::to_string(most));
    return nothing;
  }

  std::uint64_t Number(const json& value, std::uint64_t most) {
    // nlohmann/json reads what is not negative as unsigned.
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= most) {
      return value.get<std::uint64_t>();
    }
    Fail("a whole number from 0 to " + std::to_string(most) + " is needed");
    return 0;
  }

  std::uint64_t Counted(const json& value) {
    // Below 2^53, so that a reader in JavaScript sees the same number.
    return Number(value, (std::uint64_t{1} << 53) - 1);
  }

  std::string Name(const json& value) {
    if (value.is_string()) {
      std::string name = value.get<std::string>();
      if (name.size() <= kMaxNameBytes) return name;
    }
    Fail("a name of at most 64 bytes is needed");
    return {};
  }

  bool Flag(const json& value) {
    if (!value.is_boolean()) Fail("true or false is needed");
    return value.is_boolean() && value.get<bool>();
  }

  Stamp ReadStamp(const json& value) {
    if (!value.is_array() || value.size() != 4) {
      Fail("a stamp is [ms, counter, device, number]");
      return {};
    }
    return {static_cast<std::int64_t>(Number(value[0], kLastMs)),
            static_cast<std::uint32_t>(Number(value[1], std::numeric_limits<std::uint32_t>::max())),
            Name(value[2]), Counted(value[3])};
  }

  Change ReadChange(const json& value) {
    Change change{
        {Name(At(value, "kind")), Name(At(value, "uuid"))}, {}, Flag(At(value, "deletes"))};
    const json& fields = At(value, "fields");
    if (!fields.is_object()) Fail("'fields' is no object");
    if (!mistake.empty()) return change;
    for (const auto& [name, field] : fields.items()) change.fields[name] = field;
    return change;
  }

  Operation ReadOperation(const json& value, bool checked) {
    Only(value, {"deletes", "fields", "kind", "stamp", "uuid"});
    Operation operation{ReadStamp(At(value, "stamp")), ReadChange(value)};
    if (checked && mistake.empty()) {
      if (Status status = CheckChange(operation.change); !status) Fail(status.error().message);
    }
    return operation;
  }

  Entry ReadEntry(const json& value) {
    Only(value, {"counts_as", "hub", "number", "operation", "refused"});
    if (!mistake.empty()) return {};
    const bool counts = value.contains("counts_as");
    Entry entry{Name(At(value, "hub")), Counted(At(value, "number")),
                ReadOperation(At(value, "operation"), counts)};
    if (counts == value.contains("refused")) Fail("either 'counts_as' or 'refused' is needed");
    if (counts) {
      entry.counts_as = ReadStamp(value["counts_as"]);
    } else {
      entry.refused = Name(At(value, "refused"));
    }
    return entry;
  }

  VersionVector ReadVector(const json& value) {
    VersionVector vector;
    if (!value.is_object() || value.size() > kMaxLives) {
      Fail("'vector' is no object of at most 4096 numbers");
      return vector;
    }
    for (const auto& [hub, number] : value.items()) vector[Name(hub)] = Counted(number);
    return vector;
  }

  ClassState ReadState(const json& value) {
    ClassState state;
    Only(value, {"judged", "latest", "objects", "refused"});
    state.latest_ = ReadStamp(At(value, "latest"));
    for (const json& item : List(At(value, "objects"), kMaxObjects, "objects")) {
      if (mistake.empty()) ReadObject(item, state);
    }
    for (const json& item : List(At(value, "refused"), kMaxObjects, "refused")) {
      if (!item.is_array() || item.size() != 3) {
        Fail("'refused' holds [device, number, why]");
        break;
      }
      state.refused_.emplace(Name(item[0]), Counted(item[1]), Name(item[2]));
    }
    const json& judged = At(value, "judged");
    if (!judged.is_object()) Fail("'judged' is no object");
    if (!mistake.empty()) return state;
    for (const auto& [device, numbers] : judged.items()) {
      Only(numbers, {"beyond", "upto"});
      NumberSet& set = state.judged_[Name(device)];
      set = NumberSet(Counted(At(numbers, "upto")));
      for (const json& number : List(At(numbers, "beyond"), kMaxObjects, "beyond")) {
        set.Add(Counted(number));
      }
    }
    return state;
  }

  void ReadObject(const json& item, ClassState& state) {
    Only(item, {"deleted", "fields", "kind", "uuid"});
    const ObjectId id{Name(At(item, "kind")), Name(At(item, "uuid"))};
    const json& fields = At(item, "fields");
    SyncObject object{.deleted = Flag(At(item, "deleted"))};
    if (!fields.is_object()) Fail("'fields' is no object");
    if (object.deleted && !fields.empty()) Fail("what is deleted has no fields");
    if (!mistake.empty()) return;
    for (const auto& [name, field] : fields.items()) {
      if (!field.is_array() || field.size() != 2) return Fail("a field is [value, stamp]");
      // One by one, as the limits are those of a change, and an object may have come of many.
      if (Status status = CheckChange({id, {{name, field[0]}}}); !status) {
        return Fail(status.error().message);
      }
      object.fields[name] = {field[0], ReadStamp(field[1])};
    }
    if (object.deleted) {
      if (Status status = CheckChange({id, {}, true}); !status) Fail(status.error().message);
    }
    state.objects_[id] = std::move(object);
  }

  Snapshot ReadSnapshot(const json& value) {
    Only(value, {"state", "vector"});
    return {ReadVector(At(value, "vector")), ReadState(At(value, "state"))};
  }

  ReplicaMemory ReadMemory(const json& value) {
    Only(value, {"device", "entries", "folded", "made", "pending", "schema", "snapshot"});
    ReplicaMemory memory{.device = Name(At(value, "device")), .made = Counted(At(value, "made"))};
    for (const json& item : List(At(value, "pending"), kMaxPending, "pending")) {
      memory.pending.push_back(ReadOperation(item, true));
    }
    memory.folded = ReadVector(At(value, "folded"));
    if (mistake.empty()) memory.snapshot = ReadSnapshot(At(value, "snapshot"));
    for (const json& item : List(At(value, "entries"), kMaxObjects * 10, "entries")) {
      memory.entries.push_back(ReadEntry(item));
    }
    return memory;
  }

  SyncMessage ReadMessage(const json& value) {
    Only(value, {"entries", "from", "pending", "schema", "snapshot", "vector"});
    SyncMessage message{.from = Name(At(value, "from")), .vector = ReadVector(At(value, "vector"))};
    for (const json& item : List(At(value, "pending"), kMaxDeltaEntries, "pending")) {
      message.pending.push_back(ReadOperation(item, true));
    }
    for (const json& item : List(At(value, "entries"), kMaxDeltaEntries, "entries")) {
      message.delta.entries.push_back(ReadEntry(item));
    }
    if (mistake.empty() && value.contains("snapshot")) {
      message.delta.snapshot = ReadSnapshot(value["snapshot"]);
    }
    return message;
  }
};

namespace {

json FromSnapshot(const Snapshot& snapshot) {
  return {{"state", FromState(snapshot.state)}, {"vector", snapshot.vector}};
}

json FromOperations(const std::vector<Operation>& operations) {
  json list = json::array();
  for (const Operation& operation : operations) list.push_back(FromOperation(operation));
  return list;
}

json FromEntries(const std::vector<Entry>& entries) {
  json list = json::array();
  for (const Entry& entry : entries) list.push_back(FromEntry(entry));
  return list;
}

/// The document's object, of that schema.
Result<json> Parsed(std::string_view text, std::string_view schema, const char* what) {
  json value = json::parse(text, nullptr, false);
  if (!value.is_object())
    return Error{Errc::kInvalidArgument, std::string(what) + ": no JSON object"};
  if (!value.contains("schema") || value["schema"] != schema) {
    return Error{Errc::kUnsupported,
                 std::string(what) + ": its schema is not " + std::string(schema)};
  }
  return value;
}

}  // namespace

std::string ToJson(const SyncMessage& message) {
  json out = {{"schema", kSchema},
              {"from", message.from},
              {"vector", message.vector},
              {"pending", FromOperations(message.pending)},
              {"entries", FromEntries(message.delta.entries)}};
  if (message.delta.snapshot) out["snapshot"] = FromSnapshot(*message.delta.snapshot);
  return Dump(out);
}

std::string ToJson(const ReplicaMemory& memory) {
  return Dump({{"schema", kReplicaSchema},
               {"device", memory.device},
               {"made", memory.made},
               {"pending", FromOperations(memory.pending)},
               {"folded", memory.folded},
               {"snapshot", FromSnapshot(memory.snapshot)},
               {"entries", FromEntries(memory.entries)}});
}

std::string ToJson(const Entry& entry) { return Dump(FromEntry(entry)); }

Result<Entry> EntryFromJson(std::string_view text) {
  ClassStateReader reader;
  Entry entry = reader.ReadEntry(json::parse(text, nullptr, false));
  if (reader.mistake.empty()) return entry;
  return Error{Errc::kCorrupt, "entry: " + reader.mistake};
}

Result<ReplicaMemory> ReplicaMemoryFromJson(std::string_view text) {
  const auto value = Parsed(text, kReplicaSchema, "replica");
  if (!value) return value.error();
  ClassStateReader reader;
  ReplicaMemory memory = reader.ReadMemory(*value);
  if (reader.mistake.empty()) return memory;
  return Error{Errc::kCorrupt, "replica: " + reader.mistake};
}

Result<SyncMessage> SyncMessageFromJson(std::string_view text) {
  if (text.size() > kMaxMessageBytes) {
    return Error{Errc::kTooLarge, "sync message: longer than 32 MiB"};
  }
  const auto value = Parsed(text, kSchema, "sync message");
  if (!value) return value.error();
  ClassStateReader reader;
  SyncMessage message = reader.ReadMessage(*value);
  if (reader.mistake.empty()) return message;
  return Error{Errc::kInvalidArgument, "sync message: " + reader.mistake};
}

std::string CanonicalBytes(const ClassState& state) { return Dump(FromState(state)); }

}  // namespace euphone
