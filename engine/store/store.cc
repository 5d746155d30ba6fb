#include "store/store.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "store/migrations.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

fs::path OpenLock(const fs::path& folder) { return folder / "open.lock"; }

/// Only the user may look into it.
Status MakeFolder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder.parent_path(), failed);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return Error{Errc::kIo, folder.string() + ": this folder cannot be made: " +
                                std::generic_category().message(errno)};
  }
  return {};
}

}  // namespace

fs::path DatabaseFile(const fs::path& folder) { return folder / "euphone.db"; }
fs::path AudioFolder(const fs::path& folder) { return folder / "audio"; }

Result<FileLock> LockWholeStore(const fs::path& folder) {
  return FileLock::Take(OpenLock(folder), FileLock::Kind::kAlone, FileLock::Patience::kNone);
}

Store::Store(fs::path folder, StoreHead head, std::optional<SecretKey> key, FileLock open,
             Database database)
    : folder_(std::move(folder)),
      head_(std::move(head)),
      key_(std::move(key)),
      open_(std::move(open)),
      database_(std::move(database)),
      vault_(AudioFolder(folder_), key_.has_value()) {}

Result<Store> Store::Unlocked(const fs::path& folder, StoreHead head,
                              std::optional<SecretKey> key) {
  auto open = FileLock::Take(OpenLock(folder), FileLock::Kind::kShared, FileLock::Patience::kNone);
  if (!open) return open.error();
  std::optional<SecretKey> of_tables;
  if (key) of_tables = DerivedKey(*key, "database");
  auto database =
      Database::Open(DatabaseFile(folder),
                     of_tables ? std::optional<DatabaseKey>(of_tables->bytes()) : std::nullopt);
  if (!database) return database.error();
  if (auto status = Migrate(*database); !status) return status.error();
  return Store(folder, std::move(head), std::move(key), *std::move(open), *std::move(database));
}

Result<Store> Store::Create(const fs::path& folder, KeyKind kind, const KeyGivers& givers) {
  if (auto status = MakeFolder(folder); !status) return status.error();
  std::error_code ignored;
  if (fs::exists(folder / "store.json", ignored))
    return Error{Errc::kInvalidArgument, folder.string() + ": there is a store already"};
  StoreHead head;
  head.id = RandomUuid();
  head.kind = kind;
  const SecretKey key = RandomKey();
  if (auto status = LockKey(head, key, givers); !status) return status.error();
  // The head comes last: what has none is no store yet.
  auto store = Unlocked(folder, head, kind == KeyKind::kNone ? std::nullopt : std::optional(key));
  if (!store) return store;
  if (auto status = WriteHead(folder, head); !status) return status.error();
  return store;
}

Result<Store> Store::Open(const fs::path& folder, const KeyGivers& givers) {
  auto head = ReadHead(folder);
  if (!head) return head.error();
  auto key = UnlockKey(*head, givers);
  if (!key) return key.error();
  return Unlocked(folder, *std::move(head), *std::move(key));
}

Result<Store> Store::Again(const fs::path& folder) const { return Unlocked(folder, head_, key_); }

Status Store::ChangeLock(KeyKind kind, const KeyGivers& givers) {
  if (!key_ || kind == KeyKind::kNone) {
    return Error{Errc::kInvalidArgument,
                 "a store stays encrypted, or not, as it was made; export it and import it into a "
                 "new one"};
  }
  StoreHead head = head_;
  head.kind = kind;
  if (auto status = LockKey(head, *key_, givers); !status) return status;
  if (auto status = WriteHead(folder_, head); !status) return status;
  head_ = std::move(head);
  return {};
}

Result<FileLock> Store::Writing(FileLock::Kind kind) const {
  return FileLock::Take(folder_ / "write.lock", kind, FileLock::Patience::kWait);
}

}  // namespace euphone
