#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "store/secrets.h"

namespace euphone {

/// Where the key of a store comes from.
enum class KeyKind {
  kNone,        ///< The store is not encrypted; only where the user says so.
  kKeyFile,     ///< A file with 64 hexadecimal digits.
  kPassphrase,  ///< In somebody's head.
  kKeyring,     ///< The desktop's, through the program secret-tool.
};
const char* Name(KeyKind kind);

/// The one readable file of a store, store.json: which store it is, and how it is unlocked. The
/// key that everything is encrypted with is in it, encrypted with the user's: to change the latter
/// touches nothing else. docs/formats/store.md.
struct StoreHead {
  std::string id;  ///< UUID.
  KeyKind kind = KeyKind::kNone;
  std::filesystem::path key_file;  ///< kKeyFile: where it was when the store was made.
  std::string salt;                ///< kPassphrase.
  PassphraseCost cost;
  std::string wrapped;  ///< The store's key in a box; empty for kNone.
};

/// Fails: kNotFound (there is no store), kCorrupt, kUnsupported (made by a newer program), kIo.
Result<StoreHead> ReadHead(const std::filesystem::path& folder);
Status WriteHead(const std::filesystem::path& folder, const StoreHead& head);

/// What the user has to unlock a store with.
struct KeyGivers {
  std::function<Result<std::string>()> passphrase = nullptr;  ///< Asks for it.
  std::filesystem::path key_file = {};  ///< Where it lies now; empty: as the head says.
};

/// Locks `key` for `head.kind`; fills in the rest of the head. A key file is made where there is
/// none, readable by its owner only; the folder too. Fails: kIo, kNotFound (there is no keyring),
/// kInvalidArgument (an empty passphrase).
Status LockKey(StoreHead& head, const SecretKey& key, const KeyGivers& givers);

/// The store's key; absent for kNone. Fails: kInvalidArgument for a wrong passphrase or key file,
/// kNotFound where the file or the entry of the keyring is missing.
Result<std::optional<SecretKey>> UnlockKey(const StoreHead& head, const KeyGivers& givers);

}  // namespace euphone
