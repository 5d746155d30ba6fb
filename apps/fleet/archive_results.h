#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/sql.h"

namespace euphone::fleet {

/// The scoring of one archive.
struct ArchiveRun {
  std::string run = {};
  std::string manifest = {};  ///< Its file's name, for people.
  std::string model = {};     ///< What has to judge: "en-us-standard 1.0.0".
  std::int64_t total = 0;     ///< Recordings.
  std::int64_t queued = 0;    ///< Of the manifest's, from its beginning.
  std::int64_t begun_ms = 0;  ///< Since 1970.
  std::optional<std::int64_t> ended_ms = std::nullopt;  ///< Absent: not all have a result yet.
};

enum class ArchiveState {
  kScored,
  kNotScored,  ///< Read, but no fair score is possible.
  kFailed,     ///< The recording or the text cannot be used.
  kSetAside,   ///< Workers ended over it again and again.
};

/// What came of one recording.
struct ArchiveResult {
  std::string run = {};
  std::string recording = {};
  std::int64_t position = 0;
  std::string audio = {};
  std::string speaker = {};
  std::string language = {};
  ArchiveState state = ArchiveState::kScored;
  std::string message = {};   ///< Why it was not scored; empty: it was.
  std::string document = {};  ///< As `analyze --format json --compact`; empty: there is none.
  std::string worker = {};
  std::uint64_t deliveries = 1;
  double took_ms = 0.0;
};

struct ArchiveTally {
  std::map<ArchiveState, std::int64_t> count = {};
  double worked_ms = 0.0;  ///< Of all workers together.
  std::int64_t done() const;
};

/// A recording, or a message that is none, that was set aside.
struct ArchiveDead {
  std::string recording = {};
  std::string reason = {};
  std::int64_t deliveries = 0;
  std::string worker = {};
};

/// Runs and their results. A recording of a run has one result, whoever writes how often: the first
/// stays. Thread: any. Fails: as Sql.
class ArchiveResults {
 public:
  /// Makes the tables where there are none.
  static Result<ArchiveResults> Open(const std::string& url, bool must_exist = false);

  /// Notes a run that is not known yet, and gives what is known of it.
  Result<ArchiveRun> Begin(const ArchiveRun& run);
  Result<std::optional<ArchiveRun>> Find(const std::string& run);
  Result<std::vector<ArchiveRun>> Runs();  ///< The newest first.
  Status Queued(const std::string& run, std::int64_t up_to);
  Status End(const std::string& run);

  /// Keeps results and with them, in the same transaction, that they are done; those that are set
  /// aside are also noted as such. Gives how many were not there yet.
  Result<std::int64_t> Keep(std::span<const ArchiveResult> results);
  /// Notes a message that is no recording's.
  Status SetAside(const std::string& run, const ArchiveDead& dead);

  Result<bool> Has(const std::string& run, const std::string& recording);
  /// Those of these that have a result.
  Result<std::set<std::string>> Done(const std::string& run, std::span<const std::string> of);
  Result<ArchiveTally> Tally(const std::string& run);
  Result<std::vector<ArchiveDead>> Dead(const std::string& run);
  /// All of a run by position, few in memory at a time; `take` gives false to stop.
  Status Each(const std::string& run, const std::function<bool(const ArchiveResult&)>& take);

  const std::string& where() const { return sql_->where(); }

 private:
  explicit ArchiveResults(std::unique_ptr<Sql> sql)
      : mutex_(std::make_unique<std::mutex>()), sql_(std::move(sql)) {}
  Result<SqlAnswer> Run(const std::string& statement, std::span<const SqlText> values,
                        int columns = 0);
  Status Note(const std::string& run, const ArchiveDead& dead);

  std::unique_ptr<std::mutex> mutex_;  ///< Guards what follows.
  std::unique_ptr<Sql> sql_;
};

/// "scored", "not-scored", "failed", "set-aside".
std::string NameOf(ArchiveState state);

}  // namespace euphone::fleet
