#include "fleet/key_value.h"

#include <utility>

#include "fleet/jet_stream_context.h"

namespace euphone::fleet {
namespace {

EUPHONE_NATS_OWNER(Bucket, kvStore, kvStore_Destroy);
EUPHONE_NATS_OWNER(Entry, kvEntry, kvEntry_Destroy);

KvEntry EntryOf(kvEntry* entry) {
  const NatsApi& nats = Nats();
  const void* value = nats.kvEntry_Value(entry);
  const int size = nats.kvEntry_ValueLen(entry);
  return {.key = nats.kvEntry_Key(entry),
          .value = value == nullptr ? std::string()
                                    : std::string(static_cast<const char*>(value),
                                                  static_cast<std::size_t>(size)),
          .revision = nats.kvEntry_Revision(entry),
          .deleted = nats.kvEntry_Operation(entry) != kvOp_Put};
}

/// Whether the server refused because another value is there: the library has no status of its own
/// for it.
bool IsConflict(natsStatus got) {
  if (got != NATS_ERR) return false;
  natsStatus last = NATS_OK;
  const char* said = Nats().nats_GetLastError(&last);
  return said != nullptr && last == got &&
         std::string_view(said).find("wrong last sequence") != std::string_view::npos;
}

}  // namespace

struct KeyValue::State {
  Bucket bucket;
  std::string name;  ///< For messages.
  std::shared_ptr<Retired> retired;

  std::string Of(const std::string& key) const { return name + ", key " + key; }
  /// A new revision, or why there is none.
  Result<std::optional<std::uint64_t>> Changed(const std::string& key, natsStatus got,
                                               std::uint64_t revision) const {
    if (IsConflict(got)) return std::optional<std::uint64_t>();
    if (got != NATS_OK) return NatsFailure(Of(key), got);
    return std::optional(revision);
  }
};

KeyValue::KeyValue(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyValue::KeyValue(KeyValue&&) noexcept = default;
KeyValue& KeyValue::operator=(KeyValue&&) noexcept = default;
KeyValue::~KeyValue() = default;

Result<KeyValue> KeyValue::Open(const JetStream& stream, const BucketSpec& spec) {
  auto state = std::make_unique<State>();
  state->name = stream.context().where + ", bucket " + spec.name;
  state->retired = stream.context().retired;
  jsCtx* const js = stream.context().js.get();
  kvStore* bucket = nullptr;
  natsStatus got = Nats().js_KeyValue(&bucket, js, spec.name.c_str());
  if (got == NATS_NOT_FOUND && spec.make) {
    kvConfig config;
    Nats().kvConfig_Init(&config);
    config.Bucket = spec.name.c_str();
    config.History = spec.history;
    config.TTL = std::chrono::nanoseconds(spec.age).count();
    config.MaxBytes = spec.max_bytes;
    config.StorageType = spec.in_memory ? js_MemoryStorage : js_FileStorage;
    config.Replicas = spec.replicas;
    got = Nats().js_CreateKeyValue(&bucket, js, &config);
  }
  if (got != NATS_OK) return NatsFailure(state->name, got);
  state->bucket.reset(bucket);
  return KeyValue(std::move(state));
}

Result<std::optional<KvEntry>> KeyValue::Get(const std::string& key) {
  kvEntry* entry = nullptr;
  const natsStatus got = Nats().kvStore_Get(&entry, state_->bucket.get(), key.c_str());
  if (got == NATS_NOT_FOUND) return std::optional<KvEntry>();
  if (got != NATS_OK) return NatsFailure(state_->Of(key), got);
  const Entry owned(entry);
  return std::optional(EntryOf(entry));
}

Result<std::uint64_t> KeyValue::Put(const std::string& key, std::string_view value) {
  std::uint64_t revision = 0;
  const natsStatus got = Nats().kvStore_Put(&revision, state_->bucket.get(), key.c_str(),
                                            value.data(), static_cast<int>(value.size()));
  if (got != NATS_OK) return NatsFailure(state_->Of(key), got);
  return revision;
}

Result<std::optional<std::uint64_t>> KeyValue::Create(const std::string& key,
                                                      std::string_view value) {
  std::uint64_t revision = 0;
  const natsStatus got = Nats().kvStore_Create(&revision, state_->bucket.get(), key.c_str(),
                                               value.data(), static_cast<int>(value.size()));
  return state_->Changed(key, got, revision);
}

Result<std::optional<std::uint64_t>> KeyValue::Update(const std::string& key,
                                                      std::string_view value,
                                                      std::uint64_t revision) {
  std::uint64_t made = 0;
  const natsStatus got =
      Nats().kvStore_Update(&made, state_->bucket.get(), key.c_str(), value.data(),
                            static_cast<int>(value.size()), revision);
  return state_->Changed(key, got, made);
}

Status KeyValue::Delete(const std::string& key) {
  const natsStatus got = Nats().kvStore_Delete(state_->bucket.get(), key.c_str());
  if (got != NATS_OK) return NatsFailure(state_->Of(key), got);
  return {};
}

Result<std::vector<std::string>> KeyValue::Keys() {
  kvKeysList list{};
  const natsStatus got = Nats().kvStore_Keys(&list, state_->bucket.get(), nullptr);
  if (got == NATS_NOT_FOUND) return std::vector<std::string>();
  if (got != NATS_OK) return NatsFailure(state_->name, got);
  std::vector<std::string> keys(list.Keys, list.Keys + list.Count);
  Nats().kvKeysList_Destroy(&list);
  return keys;
}

struct KvWatch::State {
  kvWatcher* watcher = nullptr;
  std::string name;
  std::shared_ptr<Retired> retired;

  ~State() {
    // It fails where the connection is closed; then nothing comes any more.
    [[maybe_unused]] const natsStatus ended = Nats().kvWatcher_Stop(watcher);
    retired->Add([ended_one = watcher] { Nats().kvWatcher_Destroy(ended_one); });
  }
};

KvWatch::KvWatch(std::unique_ptr<State> state) : state_(std::move(state)) {}
KvWatch::KvWatch(KvWatch&&) noexcept = default;
KvWatch& KvWatch::operator=(KvWatch&&) noexcept = default;
KvWatch::~KvWatch() = default;

Result<KvWatch> KeyValue::Watch(const std::string& keys) {
  kvWatcher* watcher = nullptr;
  const natsStatus got =
      Nats().kvStore_Watch(&watcher, state_->bucket.get(), keys.c_str(), nullptr);
  if (got != NATS_OK) return NatsFailure(state_->name, got);
  auto state = std::make_unique<KvWatch::State>();
  state->watcher = watcher;
  state->name = state_->name;
  state->retired = state_->retired;
  return KvWatch(std::move(state));
}

Result<std::optional<KvEvent>> KvWatch::Next(std::chrono::milliseconds timeout) {
  kvEntry* entry = nullptr;
  const natsStatus got = Nats().kvWatcher_Next(&entry, state_->watcher, timeout.count());
  if (got == NATS_TIMEOUT) return std::optional<KvEvent>();
  if (got != NATS_OK) return NatsFailure(state_->name, got);
  if (entry == nullptr) return std::optional(KvEvent{});
  const Entry owned(entry);
  return std::optional(KvEvent{.entry = EntryOf(entry)});
}

}  // namespace euphone::fleet
