#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace euphone {

/// How much there is.
struct StoreSize {
  std::int64_t learners = 0, takes = 0, starred = 0;
  std::int64_t recordings = 0, recording_ms = 0;
  std::int64_t audio_bytes = 0, database_bytes = 0;  ///< On disk.
  std::int64_t free_bytes = 0, disk_bytes = 0;       ///< Of the disk that the store lies on.
  std::int64_t version = 0;                          ///< Of the tables.
};
Result<StoreSize> MeasureStore(Store& store);

/// What CheckStore found.
enum class FaultKind {
  kDatabase,          ///< SQLite's own check, or a row that points nowhere. Not repairable here.
  kLeftOver,          ///< A file that no row has: of a kill, or half a removal. Repair removes it.
  kMissingRecording,  ///< A row without its file. Repair keeps scores and texts, and says so.
  kDamagedRecording,  ///< A file that is not what its name says. Repair moves it to lost/.
  kUnused,            ///< A recording that nothing has. Repair removes it.
  kWrongSum,          ///< A sum that its takes do not give. Repair counts anew.
};
struct Fault {
  FaultKind kind;
  std::string what;  ///< One line, for people.
  bool repaired = false;
};
struct CheckOptions {
  bool repair = false;
  bool contents = true;  ///< Opens every recording: minutes for a large store.
  std::function<bool(std::int64_t done, std::int64_t all)> progress = nullptr;  ///< False: stop.
};
/// Looks for what a kill, a full disk or a failing one leaves. With `repair`, others wait to write.
/// Fails: kIo where it was stopped; as Database.
Result<std::vector<Fault>> CheckStore(Store& store, const CheckOptions& options);

/// Overwrites what deleted rows left in the database's files, and empties the log that SQLite
/// writes ahead. Fails: kIo where another program reads for 10 s on end; the rest is done.
Status Scrub(Store& store);

/// Gives free pages back to the disk. Needs as much memory as the database is large.
Status Vacuum(Store& store);

/// What to forget by itself; starred takes never are, and a comment's recording only goes with its
/// take. Absent: no such rule.
struct Retention {
  std::optional<std::int64_t> recordings = std::nullopt;      ///< Most of them, for each learner.
  std::optional<std::int64_t> recording_days = std::nullopt;  ///< Their greatest age.
  std::optional<double> disk_percent =
      std::nullopt;  ///< Most of the disk that recordings may take.
  std::optional<std::int64_t> take_days = std::nullopt;  ///< Greatest age of takes, scores and all.
};
Result<Retention> GetRetention(Store& store);
Status SetRetention(Store& store, const Retention& retention);

struct Forgotten {
  std::int64_t recordings = 0, takes = 0;
};
/// Forgets what the rules say, oldest first. Safe to interrupt: each take goes whole.
Result<Forgotten> Retain(Store& store, std::int64_t now_ms);

/// A copy of the whole store in `folder` (made, or brought up to date: recordings that are there
/// are not copied again), while others use the store. Locked like the store itself. Until it is
/// whole, what was in `folder` before stays valid. Fails: kIo, kInvalidArgument (the folder holds
/// something else, or another store's backup).
Status BackUp(Store& store, const std::filesystem::path& folder,
              const std::function<bool(std::int64_t done, std::int64_t all)>& progress = nullptr);

/// Puts a backup in the place of the store in `folder`, which is moved aside to FOLDER.before, once
/// the backup was opened and checked. Fails: kInvalidArgument (no backup), kIo (a program has the
/// store open, FOLDER.before is there already); then all is as it was.
Status Restore(const std::filesystem::path& backup, const std::filesystem::path& folder,
               const KeyGivers& givers,
               const std::function<bool(std::int64_t done, std::int64_t all)>& progress = nullptr);

/// Removes a whole store, its key in the keyring too. Fails: kIo where a program has it open.
Status RemoveStore(const std::filesystem::path& folder);

}  // namespace euphone
