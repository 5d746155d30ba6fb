#include <algorithm>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "store/care.h"
#include "store/kept_class.h"
#include "store/kept_outbox.h"
#include "store/keyring.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

using Progress = std::function<bool(std::int64_t, std::int64_t)>;

Error Failed(const fs::path& path, const char* what, const std::error_code& why) {
  return {Errc::kIo, path.string() + ": " + what + ": " + why.message()};
}

/// Copies what is missing; a copy appears whole or not at all.
Status CopyMissing(const std::vector<fs::path>& names, const fs::path& from, const fs::path& to,
                   const Progress& progress) {
  std::int64_t done = 0;
  for (const fs::path& name : names) {
    if (progress && !progress(done++, std::ssize(names)))
      return Error{Errc::kIo, "stopped; what was copied is kept, and is not copied again"};
    std::error_code failed;
    if (fs::exists(to / name, failed)) continue;
    fs::create_directories((to / name).parent_path(), failed);
    if (failed) return Failed((to / name).parent_path(), "cannot make it", failed);
    const auto content = ReadFile(from / name, std::size_t{1} << 30);
    if (!content) {
      // Deleted in the meantime; the copy of the tables is told apart by a check.
      if (content.error().code == Errc::kNotFound) continue;
      return content.error();
    }
    if (auto status = WriteFileAtomically(to / name, *content); !status) return status;
  }
  return {};
}

/// A backup has no recording that its tables do not know: they would be kept for ever.
Status RemoveOthers(const fs::path& folder, const std::vector<fs::path>& keep) {
  const auto there = FilesBelow(folder);
  if (!there) return there.error();
  for (const fs::path& file : *there) {
    if (std::ranges::binary_search(keep, file.lexically_relative(folder))) continue;
    std::error_code failed;
    fs::remove(file, failed);
    if (failed) return Failed(file, "cannot be removed", failed);
  }
  return {};
}

/// Whether a copied store can be opened and read.
Status CheckCopy(const fs::path& folder, const KeyGivers& givers) {
  auto store = Store::Open(folder, givers);
  if (!store) return store.error();
  CheckOptions options;
  options.contents = false;
  const auto faults = CheckStore(*store, options);
  if (!faults) return faults.error();
  for (const Fault& fault : *faults) {
    if (fault.kind == FaultKind::kDatabase)
      return Error{Errc::kCorrupt, "the backup is damaged: " + fault.what};
  }
  // What it knows is old: none of its numbers may mean two things.
  if (auto status = RenameOutbox(store->database()); !status) return status;
  return RejoinClass(store->database());
}

/// Copies a backup to a new folder, and makes sure of it.
Status CopyBackup(const fs::path& backup, const fs::path& fresh, const KeyGivers& givers,
                  const Progress& progress) {
  auto names = FilesBelow(AudioFolder(backup));
  if (!names) return names.error();
  for (fs::path& name : *names) name = name.lexically_relative(AudioFolder(backup));
  auto status = CopyMissing(*names, AudioFolder(backup), AudioFolder(fresh), progress);
  if (status) status = CopyMissing({"euphone.db", "store.json"}, backup, fresh, nullptr);
  return status ? CheckCopy(fresh, givers) : status;
}

/// Names of the recordings that a store's tables know, as files.
Result<std::vector<fs::path>> FilesOf(Store& store) {
  std::vector<fs::path> files;
  if (auto status = store.database().Each(
          "SELECT name FROM recordings", {},
          [&](const SqlRow& row) {
            files.push_back(
                store.vault().PathOf(row.Text(0)).lexically_relative(store.vault().folder()));
          });
      !status) {
    return status.error();
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

Status BackUp(Store& store, const fs::path& folder, const Progress& progress) {
  std::error_code failed;
  if (fs::exists(folder / "store.json", failed)) {
    const auto head = ReadHead(folder);
    if (!head) return head.error();
    if (head->id != store.head().id) {
      return Error{Errc::kInvalidArgument,
                   folder.string() + ": it holds another store's backup; choose another folder"};
    }
    if (fs::equivalent(folder, store.folder(), failed))
      return Error{Errc::kInvalidArgument, "a store cannot be its own backup"};
  } else if (fs::exists(folder, failed) && !fs::is_empty(folder, failed)) {
    return Error{Errc::kInvalidArgument,
                 folder.string() + ": it is not empty; choose another folder"};
  }
  fs::create_directories(folder, failed);
  if (failed) return Failed(folder, "cannot make it", failed);
  fs::permissions(folder, fs::perms::owner_all, failed);

  // Recordings before the tables that name them; those of takes that come meanwhile, after.
  const fs::path fresh = folder / "euphone.db.new";
  fs::remove(fresh, failed);
  for (int round = 0; round < 2; ++round) {
    const auto files = FilesOf(store);
    if (!files) return files.error();
    if (auto status = CopyMissing(*files, store.vault().folder(), AudioFolder(folder), progress);
        !status) {
      return status;
    }
    if (round == 0) {
      if (auto status = store.database().CopyTo(fresh); !status) return status;
    }
  }
  fs::rename(fresh, DatabaseFile(folder), failed);
  if (failed) return Failed(fresh, "cannot be renamed", failed);
  if (auto status = WriteHead(folder, store.head()); !status) return status;
  auto copy = store.Again(folder);
  if (!copy) return copy.error();
  const auto files = FilesOf(*copy);
  if (!files) return files.error();
  return RemoveOthers(AudioFolder(folder), *files);
}

Status Restore(const fs::path& backup, const fs::path& folder, const KeyGivers& givers,
               const Progress& progress) {
  const fs::path fresh = folder.string() + ".restored";
  const fs::path before = folder.string() + ".before";
  std::error_code failed;
  if (fs::exists(before, failed)) {
    return Error{Errc::kIo,
                 before.string() + ": it is there already, from an earlier restore; move it away"};
  }
  const auto head = ReadHead(backup);
  if (!head) return Prefixed("no backup", head.error());
  fs::remove_all(fresh, failed);
  fs::create_directories(fresh, failed);
  if (failed) return Failed(fresh, "cannot make it", failed);
  fs::permissions(fresh, fs::perms::owner_all, failed);
  if (auto status = CopyBackup(backup, fresh, givers, progress); !status) {
    fs::remove_all(fresh, failed);
    return status;
  }
  if (fs::exists(folder, failed)) {
    const auto alone = LockWholeStore(folder);
    if (!alone) {
      fs::remove_all(fresh, failed);
      return alone.error();
    }
    fs::rename(folder, before, failed);
    if (failed) return Failed(folder, "cannot be moved aside", failed);
  }
  fs::rename(fresh, folder, failed);
  if (failed) {
    std::error_code ignored;
    fs::rename(before, folder, ignored);
    return Failed(fresh, "cannot be renamed", failed);
  }
  return {};
}

Status RemoveStore(const fs::path& folder) {
  const auto head = ReadHead(folder);
  if (!head) return head.error();
  const auto alone = LockWholeStore(folder);
  if (!alone) return alone.error();
  // Without the head nothing can be unlocked any more, whatever else is left by a kill.
  std::error_code failed;
  fs::remove(folder / "store.json", failed);
  if (!failed) fs::remove_all(folder, failed);
  if (failed) return Failed(folder, "cannot be removed", failed);
  if (head->kind == KeyKind::kKeyring) ForgetInKeyring(head->id);
  return {};
}

}  // namespace euphone
