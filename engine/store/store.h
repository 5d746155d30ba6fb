#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/file_lock.h"
#include "base/result.h"
#include "store/database.h"
#include "store/secrets.h"
#include "store/store_head.h"
#include "store/vault.h"

namespace euphone {

/// Everything that is kept of learners on this device: a folder with store.json, an encrypted
/// database and encrypted recordings (docs/formats/store.md). What can be done with it are the
/// functions of takes.h, comments.h, assignments.h, learners.h, progress.h, care.h and portable.h.
/// A kill at any instant leaves it consistent: a recording is written and renamed first, its row
/// last; what is left over of it is found by CheckStore.
/// Thread: one at a time. Several stores may be open on one folder, in any programs: they read
/// beside each other, and wait for each other to write.
class Store {
 public:
  /// Makes `folder` and an empty store in it, locked as `kind` says. Fails: kInvalidArgument where
  /// one is there already; as LockKey, Database.
  static Result<Store> Create(const std::filesystem::path& folder, KeyKind kind,
                              const KeyGivers& givers);

  /// Opens it and brings its tables up to date. Fails: kNotFound (there is none), kIo (another
  /// program restores or removes it), as UnlockKey, Database, Migrate.
  static Result<Store> Open(const std::filesystem::path& folder, const KeyGivers& givers);

  /// Another connection to the same folder, or to another one with the same key (a backup),
  /// without asking for it again.
  Result<Store> Again() const { return Again(folder_); }
  Result<Store> Again(const std::filesystem::path& folder) const;

  Database& database() { return database_; }
  Vault& vault() { return vault_; }
  const std::filesystem::path& folder() const { return folder_; }
  const StoreHead& head() const { return head_; }
  const std::optional<SecretKey>& key() const { return key_; }

  /// Changes what unlocks the store; nothing is encrypted anew. Fails: kInvalidArgument for
  /// KeyKind::kNone and for a store that is not encrypted.
  Status ChangeLock(KeyKind kind, const KeyGivers& givers);

  /// Held while a recording is on its way to its row, so that nobody takes it for left over; alone
  /// by who looks for what is left over. Waits. Fails: kIo.
  Result<FileLock> Writing(FileLock::Kind kind) const;

 private:
  Store(std::filesystem::path folder, StoreHead head, std::optional<SecretKey> key, FileLock open,
        Database database);
  static Result<Store> Unlocked(const std::filesystem::path& folder, StoreHead head,
                                std::optional<SecretKey> key);

  std::filesystem::path folder_;
  StoreHead head_;
  std::optional<SecretKey> key_;
  FileLock open_;  ///< Shared for as long as the store is open.
  Database database_;
  Vault vault_;
};

/// The files of a store.
std::filesystem::path DatabaseFile(const std::filesystem::path& folder);
std::filesystem::path AudioFolder(const std::filesystem::path& folder);

/// Held alone by who replaces or removes a whole store. Fails: kIo where a program has it open.
Result<FileLock> LockWholeStore(const std::filesystem::path& folder);

}  // namespace euphone
