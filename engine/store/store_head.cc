#include "store/store_head.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <system_error>

#include "base/file.h"
#include "store/keyring.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "euphone.store/1";
constexpr std::size_t kMostHead = 1 << 16;
constexpr std::array kKinds{KeyKind::kNone, KeyKind::kKeyFile, KeyKind::kPassphrase,
                            KeyKind::kKeyring};

std::string TextOf(const Json& json, const char* name) {
  return json.contains(name) && json[name].is_string() ? json[name].get<std::string>() : "";
}

/// Nobody gets to make this program work for hours: at most `most`.
std::uint64_t CostOf(const Json& json, const char* name, std::uint64_t otherwise,
                     std::uint64_t most) {
  if (!json.contains(name) || !json[name].is_number_unsigned()) return otherwise;
  return std::min(json[name].get<std::uint64_t>(), most);
}

/// Writes a new file that only its owner can read; an old one is left alone.
Status MakeKeyFile(const fs::path& file, const SecretKey& key) {
  std::error_code failed;
  fs::create_directories(file.parent_path(), failed);
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{Errc::kIo, file.string() + ": the key file cannot be made: " +
                                std::generic_category().message(errno)};
  }
  const std::string digits = ToHex(key) + "\n";
  const bool kept = ::write(descriptor, digits.data(), digits.size()) == std::ssize(digits) &&
                    ::fsync(descriptor) == 0;
  if (::close(descriptor) != 0 || !kept) {
    ::unlink(file.c_str());
    return Error{Errc::kIo, file.string() + ": the key file cannot be written: is the disk full?"};
  }
  return {};
}

Result<SecretKey> ReadKeyFile(const fs::path& file) {
  auto content = ReadFile(file, 4096);
  if (!content) {
    Error error = content.error();
    error.message += "; this is the file that unlocks the store";
    return error;
  }
  while (!content->empty() &&
         std::string_view(" \r\n\t").find(content->back()) != std::string_view::npos)
    content->pop_back();
  auto key = KeyFromHex(*content);
  if (!key) return Prefixed(file.string(), key.error());
  return key;
}

/// The user's key, with which the store's is locked.
Result<SecretKey> UsersKey(const StoreHead& head, const KeyGivers& givers) {
  if (head.kind == KeyKind::kPassphrase) {
    const auto passphrase =
        givers.passphrase
            ? givers.passphrase()
            : Result<std::string>(Error{Errc::kInvalidArgument, "the store needs a passphrase"});
    if (!passphrase) return passphrase.error();
    return PassphraseKey(*passphrase, head.salt, head.cost);
  }
  if (head.kind == KeyKind::kKeyring) {
    const auto digits = KeyringSecret(head.id);
    if (!digits) return digits.error();
    return KeyFromHex(*digits);
  }
  return ReadKeyFile(givers.key_file.empty() ? head.key_file : givers.key_file);
}

}  // namespace

const char* Name(KeyKind kind) {
  switch (kind) {
    case KeyKind::kNone:
      return "none";
    case KeyKind::kKeyFile:
      return "key-file";
    case KeyKind::kPassphrase:
      return "passphrase";
    case KeyKind::kKeyring:
      return "keyring";
  }
  return "";
}

Result<StoreHead> ReadHead(const fs::path& folder) {
  const fs::path file = folder / "store.json";
  const auto content = ReadFile(file, kMostHead);
  if (!content) {
    if (content.error().code == Errc::kNotFound)
      return Error{Errc::kNotFound, folder.string() + ": there is no store here"};
    return content.error();
  }
  const Json json = Json::parse(*content, nullptr, false);
  const auto corrupt = [&](const char* what) {
    return Error{Errc::kCorrupt, file.string() + ": " + what + "; restore a backup of the store"};
  };
  if (!json.is_object()) return corrupt("it is no JSON document");
  const std::string schema = TextOf(json, "schema");
  if (schema != kSchema) {
    return Error{Errc::kUnsupported, file.string() + ": it is of the kind '" + schema +
                                         "', and this program knows " + std::string(kSchema)};
  }
  StoreHead head;
  head.id = TextOf(json, "id");
  const std::string kind = TextOf(json, "key");
  bool known = false;
  for (const KeyKind each : kKinds) {
    if (kind == Name(each)) {
      head.kind = each;
      known = true;
    }
  }
  if (!known || head.id.empty()) return corrupt("it does not say how the store is unlocked");
  head.key_file = TextOf(json, "key_file");
  const auto salt = FromHex(TextOf(json, "salt"));
  const auto wrapped = FromHex(TextOf(json, "wrapped_key"));
  if (!salt || !wrapped || (wrapped->empty() != (head.kind == KeyKind::kNone)))
    return corrupt("its key is damaged");
  head.salt = *salt;
  head.wrapped = *wrapped;
  head.cost.passes = CostOf(json, "argon2id_passes", head.cost.passes, 100);
  head.cost.bytes = CostOf(json, "argon2id_bytes", head.cost.bytes, 1ULL << 30);
  return head;
}

Status WriteHead(const fs::path& folder, const StoreHead& head) {
  Json json = {{"schema", kSchema}, {"id", head.id}, {"key", Name(head.kind)}};
  if (head.kind == KeyKind::kKeyFile) json["key_file"] = head.key_file.string();
  if (head.kind == KeyKind::kPassphrase) {
    json["salt"] = ToHex(head.salt);
    json["argon2id_passes"] = head.cost.passes;
    json["argon2id_bytes"] = head.cost.bytes;
  }
  if (head.kind != KeyKind::kNone) json["wrapped_key"] = ToHex(head.wrapped);
  return WriteFileAtomically(folder / "store.json", json.dump(2) + "\n");
}

Status LockKey(StoreHead& head, const SecretKey& key, const KeyGivers& givers) {
  head.wrapped.clear();
  head.salt.clear();
  if (head.kind == KeyKind::kNone) return {};
  if (head.kind == KeyKind::kPassphrase) head.salt = RandomSalt();
  if (head.kind == KeyKind::kKeyring) {
    if (auto status = KeepInKeyring(head.id, ToHex(RandomKey())); !status) return status;
  }
  if (head.kind == KeyKind::kKeyFile) {
    head.key_file = givers.key_file;
    std::error_code ignored;
    if (!fs::exists(head.key_file, ignored)) {
      if (auto status = MakeKeyFile(head.key_file, RandomKey()); !status) return status;
    }
  }
  const auto users = UsersKey(head, givers);
  if (!users) return users.error();
  head.wrapped =
      Boxed(std::string_view(reinterpret_cast<const char*>(key.data()), SecretKey::kSize), *users);
  return {};
}

Result<std::optional<SecretKey>> UnlockKey(const StoreHead& head, const KeyGivers& givers) {
  if (head.kind == KeyKind::kNone) return std::optional<SecretKey>();
  const auto users = UsersKey(head, givers);
  if (!users) return users.error();
  const auto key = Unboxed(head.wrapped, *users);
  if (!key || key->size() != SecretKey::kSize) {
    return Error{Errc::kInvalidArgument,
                 head.kind == KeyKind::kPassphrase
                     ? "this is not the passphrase of the store"
                     : "this is not the key of the store, or store.json was changed"};
  }
  return std::optional(SecretKey(std::as_bytes(std::span(*key)).first<SecretKey::kSize>()));
}

}  // namespace euphone
