#include "hub/hub_database.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <chrono>
#include <thread>

namespace euphone::hub {
namespace {

// What comes twice meets its own key. Texts that are JSON stay as they came.
constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS hub_devices (
  device TEXT PRIMARY KEY, record TEXT NOT NULL, telemetry TEXT NOT NULL, seen_s BIGINT NOT NULL,
  tags TEXT NOT NULL, in_groups TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS hub_events (
  device TEXT NOT NULL, number BIGINT NOT NULL, at_s BIGINT NOT NULL, bundle TEXT NOT NULL,
  version TEXT NOT NULL, what TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (device, number, at_s));
CREATE TABLE IF NOT EXISTS hub_uplink (
  device TEXT NOT NULL, outbox TEXT NOT NULL, seq BIGINT NOT NULL, class TEXT NOT NULL,
  learner TEXT NOT NULL, body TEXT NOT NULL, kept_s BIGINT NOT NULL,
  PRIMARY KEY (device, outbox, seq));
CREATE TABLE IF NOT EXISTS hub_cursors (
  device TEXT NOT NULL, outbox TEXT NOT NULL, class TEXT NOT NULL, upto BIGINT NOT NULL,
  PRIMARY KEY (device, outbox, class));
CREATE TABLE IF NOT EXISTS hub_forgotten (
  device TEXT NOT NULL, learner TEXT NOT NULL, class TEXT NOT NULL,
  upto BIGINT NOT NULL, PRIMARY KEY (device, learner, class));
CREATE TABLE IF NOT EXISTS hub_set_aside (
  digest TEXT PRIMARY KEY, subject TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL,
  at_s BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS hub_rollouts (
  rollout TEXT PRIMARY KEY, plan TEXT NOT NULL, submitted_by TEXT NOT NULL, at_s BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS hub_rollout_log (
  rollout TEXT NOT NULL, number BIGINT NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY (rollout, number));
CREATE TABLE IF NOT EXISTS hub_users (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, token_digest TEXT NOT NULL, at_s BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS hub_audit (
  number BIGINT PRIMARY KEY, at_s BIGINT NOT NULL, who TEXT NOT NULL, verb TEXT NOT NULL,
  what TEXT NOT NULL, outcome TEXT NOT NULL, digest TEXT NOT NULL);
)";

constexpr std::size_t kMostRowsTogether = 128;

// A server may need a moment to see that a hub which was killed is gone.
constexpr int kTriesOfLock = 10;
constexpr std::chrono::milliseconds kBetweenTries{300};

std::string RowsOf(std::size_t rows, std::size_t columns) {
  std::string all;
  std::size_t number = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    all += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < columns; ++column)
      all += (column == 0 ? "$" : ", $") + std::to_string(++number);
    all += ')';
  }
  return all;
}

}  // namespace

std::int64_t NumberIn(const std::optional<std::string>& text) {
  std::int64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

Result<HubDatabase> HubDatabase::Open(const std::string& url) {
  auto sql = fleet::OpenSql(url);
  if (!sql) return sql.error();
  if (auto made = (*sql)->Script(kTables); !made) return made.error();
  return HubDatabase(*std::move(sql));
}

Status HubDatabase::KeepAlone() {
  for (int tries = 1;; ++tries) {
    const auto alone = sql_->KeepAlone();
    if (!alone) return alone.error();
    if (*alone) return {};
    if (tries == kTriesOfLock) break;
    std::this_thread::sleep_for(kBetweenTries);
  }
  return Error{Errc::kIo, "another hub runs on " + where() +
                              "; end it, or name another database (--database)"};
}

Result<fleet::SqlAnswer> HubDatabase::Run(const std::string& statement,
                                          std::initializer_list<std::string_view> values,
                                          int columns) {
  const std::vector<fleet::SqlText> texts(values.begin(), values.end());
  return sql_->Run(statement, texts, columns);
}

Status HubDatabase::InTransaction(const std::function<Status()>& work) {
  if (auto begun = sql_->Run("BEGIN", {}); !begun) return begun.error();
  if (Status done = work(); !done) {
    // Where it fails, the connection is gone, and the transaction with it.
    [[maybe_unused]] const auto undone = sql_->Run("ROLLBACK", {});
    return done;
  }
  const auto committed = sql_->Run("COMMIT", {});
  if (committed) return {};
  [[maybe_unused]] const auto undone = sql_->Run("ROLLBACK", {});
  return committed.error();
}

Result<std::int64_t> HubDatabase::Insert(const std::string& table, std::span<const Row> rows,
                                         const std::string& conflict) {
  std::int64_t written = 0;
  std::vector<fleet::SqlText> values;
  while (!rows.empty()) {
    const std::size_t count = std::bit_floor(std::min(rows.size(), kMostRowsTogether));
    values.clear();
    for (const Row& row : rows.first(count)) values.insert(values.end(), row.begin(), row.end());
    const auto kept = sql_->Run(
        "INSERT INTO " + table + " VALUES " + RowsOf(count, rows.front().size()) + " " + conflict,
        values);
    if (!kept) return kept.error();
    written += kept->changed;
    rows = rows.subspan(count);
  }
  return written;
}

}  // namespace euphone::hub
