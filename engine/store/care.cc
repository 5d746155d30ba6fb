#include "store/care.h"

#include <sys/statvfs.h>

#include <charconv>
#include <system_error>

#include "store/days.h"
#include "store/settings.h"
#include "store/takes.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

std::int64_t SizeOf(const fs::path& file) {
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  return failed ? 0 : static_cast<std::int64_t>(size);
}

struct Rule {
  const char* name;
  std::optional<std::int64_t> Retention::*days;
};
constexpr Rule kRules[] = {{"retention.recordings", &Retention::recordings},
                           {"retention.recording_days", &Retention::recording_days},
                           {"retention.take_days", &Retention::take_days}};
constexpr const char* kDiskRule = "retention.disk_percent";

Result<std::vector<TakeId>> TakesOf(Database& database, std::string_view statement,
                                    std::initializer_list<SqlValue> values) {
  std::vector<TakeId> takes;
  if (auto status = database.Each(statement, values,
                                  [&](const SqlRow& row) { takes.push_back({row.Integer(0)}); });
      !status) {
    return status.error();
  }
  return takes;
}

}  // namespace

Result<StoreSize> MeasureStore(Store& store) {
  StoreSize size;
  Database& database = store.database();
  if (auto status = database.Each(
          "SELECT (SELECT count(*) FROM learners), (SELECT count(*) FROM takes),"
          " (SELECT count(*) FROM takes WHERE starred), count(*),"
          " ifnull(sum(samples * 1000 / rate_hz), 0), ifnull(sum(bytes), 0) FROM recordings",
          {},
          [&](const SqlRow& row) {
            size.learners = row.Integer(0);
            size.takes = row.Integer(1);
            size.starred = row.Integer(2);
            size.recordings = row.Integer(3);
            size.recording_ms = row.Integer(4);
            size.audio_bytes = row.Integer(5);
          });
      !status) {
    return status.error();
  }
  const auto version = database.Number("PRAGMA user_version");
  if (!version) return version.error();
  size.version = version->value_or(0);
  const fs::path file = DatabaseFile(store.folder());
  size.database_bytes = SizeOf(file) + SizeOf(file.string() + "-wal");
  struct statvfs disk {};
  if (::statvfs(store.folder().c_str(), &disk) == 0) {
    size.free_bytes = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
    size.disk_bytes = static_cast<std::int64_t>(disk.f_blocks * disk.f_frsize);
  }
  return size;
}

Status Scrub(Store& store) {
  // secure_delete has overwritten the pages; what was written before them is still in the log.
  bool busy = false;
  if (auto status = store.database().Each("PRAGMA wal_checkpoint(TRUNCATE)", {},
                                          [&](const SqlRow& row) { busy = row.Flag(0); });
      !status) {
    return status;
  }
  if (busy) {
    return Error{Errc::kIo,
                 "another program keeps reading the store; close it, and repeat, so that nothing "
                 "of what was deleted is left"};
  }
  return {};
}

Status Vacuum(Store& store) {
  if (auto status =
          store.database().Run("INSERT INTO take_search(take_search) VALUES ('optimize')");
      !status) {
    return status;
  }
  if (auto status = store.database().Run("VACUUM"); !status) return status;
  return Scrub(store);
}

Result<Retention> GetRetention(Store& store) {
  Retention retention;
  if (auto status = store.database().Each(
          "SELECT name, value FROM settings WHERE name LIKE 'retention.%'", {},
          [&](const SqlRow& row) {
            const std::string name = row.Text(0), value = row.Text(1);
            double number = 0.0;
            if (std::from_chars(value.data(), value.data() + value.size(), number).ec !=
                std::errc()) {
              return;
            }
            for (const Rule& rule : kRules) {
              if (name == rule.name) retention.*rule.days = static_cast<std::int64_t>(number);
            }
            if (name == kDiskRule) retention.disk_percent = number;
          });
      !status) {
    return status.error();
  }
  return retention;
}

Status SetRetention(Store& store, const Retention& retention) {
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  for (const Rule& rule : kRules) {
    const auto& value = retention.*rule.days;
    if (auto status = PutSetting(store.database(), rule.name,
                                 value ? std::optional(std::to_string(*value)) : std::nullopt);
        !status) {
      return status;
    }
  }
  if (auto status =
          PutSetting(store.database(), kDiskRule,
                     retention.disk_percent ? std::optional(std::to_string(*retention.disk_percent))
                                            : std::nullopt);
      !status) {
    return status;
  }
  return transaction->Commit();
}

Result<Forgotten> Retain(Store& store, std::int64_t now_ms) {
  const auto rules = GetRetention(store);
  if (!rules) return rules.error();
  Database& database = store.database();
  Forgotten forgotten;
  if (rules->take_days) {
    const auto old = TakesOf(database, "SELECT id FROM takes WHERE said_ms < ?1 AND NOT starred",
                             {now_ms - *rules->take_days * kDayMs});
    if (!old) return old.error();
    for (const TakeId take : *old) {
      if (auto status = DeleteTake(store, take); !status) return status.error();
      ++forgotten.takes;
    }
  }
  const auto forget = [&](const Result<std::vector<TakeId>>& takes) -> Status {
    if (!takes) return takes.error();
    for (const TakeId take : *takes) {
      if (auto status = DeleteRecording(store, take); !status) return status;
      ++forgotten.recordings;
    }
    return {};
  };
  if (rules->recording_days) {
    if (auto status = forget(TakesOf(database,
                                     "SELECT id FROM takes WHERE said_ms < ?1 AND NOT starred"
                                     " AND recording IS NOT NULL",
                                     {now_ms - *rules->recording_days * kDayMs}));
        !status) {
      return status.error();
    }
  }
  if (rules->recordings) {
    if (auto status = forget(TakesOf(
            database,
            "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY learner ORDER BY said_ms"
            " DESC, id DESC) AS place FROM takes WHERE recording IS NOT NULL AND NOT starred)"
            " WHERE place > ?1",
            {*rules->recordings}));
        !status) {
      return status.error();
    }
  }
  if (rules->disk_percent) {
    const auto size = MeasureStore(store);
    if (!size) return size.error();
    const double most = *rules->disk_percent / 100.0 * static_cast<double>(size->disk_bytes);
    // Oldest first, until what is left fits: each with the bytes of it, of all that are newer and
    // of those that only comments have.
    if (auto status = forget(TakesOf(
            database,
            "SELECT id FROM (SELECT takes.id, said_ms, sum(bytes) OVER (ORDER BY starred DESC,"
            " said_ms DESC, takes.id DESC) + (SELECT ifnull(sum(bytes), 0) FROM recordings WHERE"
            " NOT EXISTS (SELECT 1 FROM takes WHERE recording = recordings.id)) AS so_far, starred"
            " FROM takes JOIN recordings ON recordings.id = recording)"
            " WHERE so_far > ?1 AND NOT starred",
            {most}));
        !status) {
      return status.error();
    }
  }
  return forgotten;
}

}  // namespace euphone
