#include "fleet/archive_results.h"

#include <array>
#include <charconv>
#include <utility>

#include "store/clock.h"

namespace euphone::fleet {
namespace {

constexpr const char* kTables = R"(
CREATE TABLE IF NOT EXISTS archive_runs (
  run TEXT PRIMARY KEY, manifest TEXT NOT NULL, model TEXT NOT NULL, total BIGINT NOT NULL,
  queued BIGINT NOT NULL, begun_ms BIGINT NOT NULL, ended_ms BIGINT);
CREATE TABLE IF NOT EXISTS archive_results (
  run TEXT NOT NULL, recording TEXT NOT NULL, position BIGINT NOT NULL, audio TEXT NOT NULL,
  speaker TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('scored', 'not-scored', 'failed', 'set-aside')),
  message TEXT NOT NULL, document TEXT NOT NULL, worker TEXT NOT NULL, deliveries BIGINT NOT NULL,
  took_ms DOUBLE PRECISION NOT NULL, kept_ms BIGINT NOT NULL, PRIMARY KEY (run, recording));
CREATE INDEX IF NOT EXISTS archive_results_in_order ON archive_results (run, position);
CREATE TABLE IF NOT EXISTS archive_dead (
  run TEXT NOT NULL, recording TEXT NOT NULL, reason TEXT NOT NULL, deliveries BIGINT NOT NULL,
  worker TEXT NOT NULL, at_ms BIGINT NOT NULL, PRIMARY KEY (run, recording));
)";

constexpr const char* kRunColumns = "run, manifest, model, total, queued, begun_ms, ended_ms";
constexpr std::size_t kResultColumns = 13;
constexpr const char* kPage = "200";

std::int64_t Number(const std::optional<std::string>& text) {
  std::int64_t number = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

double Real(const std::optional<std::string>& text) {
  double number = 0.0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

ArchiveRun RunOf(std::vector<std::optional<std::string>>& row) {
  return {.run = *row[0],
          .manifest = *row[1],
          .model = *row[2],
          .total = Number(row[3]),
          .queued = Number(row[4]),
          .begun_ms = Number(row[5]),
          .ended_ms = row[6] ? std::optional(Number(row[6])) : std::nullopt};
}

ArchiveState StateOf(const std::string& name) {
  for (const ArchiveState state :
       {ArchiveState::kScored, ArchiveState::kNotScored, ArchiveState::kFailed}) {
    if (NameOf(state) == name) return state;
  }
  return ArchiveState::kSetAside;
}

/// "($1, $2), ($3, $4)" for 2 rows of 2.
std::string Placeholders(std::size_t rows, std::size_t columns) {
  std::string all;
  std::size_t number = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    all += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < columns; ++column) {
      all += (column == 0 ? "$" : ", $") + std::to_string(++number);
    }
    all += ')';
  }
  return all;
}

}  // namespace

std::string NameOf(ArchiveState state) {
  switch (state) {
    case ArchiveState::kScored:
      return "scored";
    case ArchiveState::kNotScored:
      return "not-scored";
    case ArchiveState::kFailed:
      return "failed";
    case ArchiveState::kSetAside:
      break;
  }
  return "set-aside";
}

std::int64_t ArchiveTally::done() const {
  std::int64_t all = 0;
  for (const auto& [state, number] : count) all += number;
  return all;
}

Result<ArchiveResults> ArchiveResults::Open(const std::string& url, bool must_exist) {
  auto sql = OpenSql(url, must_exist);
  if (!sql) return sql.error();
  if (auto made = (*sql)->Script(kTables); !made) return made.error();
  return ArchiveResults(*std::move(sql));
}

Result<SqlAnswer> ArchiveResults::Run(const std::string& statement, std::span<const SqlText> values,
                                      int columns) {
  const std::lock_guard lock(*mutex_);
  return sql_->Run(statement, values, columns);
}

Result<ArchiveRun> ArchiveResults::Begin(const ArchiveRun& run) {
  const std::string total = std::to_string(run.total);
  const std::string now = std::to_string(NowMs());
  const std::array<SqlText, 5> values{run.run, run.manifest, run.model, total, now};
  const auto noted =
      Run("INSERT INTO archive_runs (run, manifest, model, total, queued, begun_ms) "
          "VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING",
          values);
  if (!noted) return noted.error();
  const auto known = Find(run.run);
  if (!known) return known.error();
  if (!*known) return Error{Errc::kInternal, where() + ": run " + run.run + " was not kept"};
  return **known;
}

Result<std::optional<ArchiveRun>> ArchiveResults::Find(const std::string& run) {
  const std::array<SqlText, 1> values{run};
  auto answer =
      Run(std::string("SELECT ") + kRunColumns + " FROM archive_runs WHERE run = $1", values, 7);
  if (!answer) return answer.error();
  if (answer->rows.empty()) return std::optional<ArchiveRun>();
  return std::optional(RunOf(answer->rows.front()));
}

Result<std::vector<ArchiveRun>> ArchiveResults::Runs() {
  auto answer =
      Run(std::string("SELECT ") + kRunColumns + " FROM archive_runs ORDER BY begun_ms DESC, run",
          {}, 7);
  if (!answer) return answer.error();
  std::vector<ArchiveRun> runs;
  for (auto& row : answer->rows) runs.push_back(RunOf(row));
  return runs;
}

Status ArchiveResults::Queued(const std::string& run, std::int64_t up_to) {
  const std::string number = std::to_string(up_to);
  const std::array<SqlText, 2> values{number, run};
  const auto noted = Run("UPDATE archive_runs SET queued = $1 WHERE run = $2", values);
  if (!noted) return noted.error();
  return {};
}

Status ArchiveResults::End(const std::string& run) {
  const std::string now = std::to_string(NowMs());
  const std::array<SqlText, 2> values{now, run};
  const auto noted =
      Run("UPDATE archive_runs SET ended_ms = $1 WHERE run = $2 AND ended_ms IS NULL", values);
  if (!noted) return noted.error();
  return {};
}

Result<std::int64_t> ArchiveResults::Keep(std::span<const ArchiveResult> results) {
  if (results.empty()) return 0;
  const std::string now = std::to_string(NowMs());
  std::vector<std::string> texts;  // What the values refer to.
  texts.reserve(results.size() * 4);
  std::vector<SqlText> values;
  bool dead = false;
  for (const ArchiveResult& one : results) {
    dead = dead || one.state == ArchiveState::kSetAside;
    const auto text = [&](std::string value) {
      return SqlText(texts.emplace_back(std::move(value)));
    };
    values.insert(
        values.end(),
        {one.run, one.recording, text(std::to_string(one.position)), one.audio, one.speaker,
         one.language, text(NameOf(one.state)), one.message, one.document, one.worker,
         text(std::to_string(one.deliveries)), text(std::to_string(one.took_ms)), now});
  }
  const std::lock_guard lock(*mutex_);
  if (dead) {
    if (auto begun = sql_->Run("BEGIN", {}); !begun) return begun.error();
  }
  const auto all = [&]() -> Result<std::int64_t> {
    const auto kept =
        sql_->Run("INSERT INTO archive_results VALUES " +
                      Placeholders(results.size(), kResultColumns) + " ON CONFLICT DO NOTHING",
                  values);
    if (!kept) return kept.error();
    for (const ArchiveResult& one : results) {
      if (one.state != ArchiveState::kSetAside) continue;
      const ArchiveDead noted{.recording = one.recording,
                              .reason = one.message,
                              .deliveries = static_cast<std::int64_t>(one.deliveries),
                              .worker = one.worker};
      if (auto status = Note(one.run, noted); !status) return status.error();
    }
    return kept->changed;
  }();
  if (!dead) return all;
  const auto ended = sql_->Run(all ? "COMMIT" : "ROLLBACK", {});
  if (all && !ended) return ended.error();
  return all;
}

Status ArchiveResults::Note(const std::string& run, const ArchiveDead& dead) {
  const std::string deliveries = std::to_string(dead.deliveries);
  const std::string now = std::to_string(NowMs());
  const std::array<SqlText, 6> values{run,        dead.recording, dead.reason,
                                      deliveries, dead.worker,    now};
  const auto noted = sql_->Run(
      "INSERT INTO archive_dead VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING", values);
  if (!noted) return noted.error();
  return {};
}

Status ArchiveResults::SetAside(const std::string& run, const ArchiveDead& dead) {
  const std::lock_guard lock(*mutex_);
  return Note(run, dead);
}

Result<bool> ArchiveResults::Has(const std::string& run, const std::string& recording) {
  const auto done = Done(run, std::span(&recording, 1));
  if (!done) return done.error();
  return !done->empty();
}

Result<std::set<std::string>> ArchiveResults::Done(const std::string& run,
                                                   std::span<const std::string> of) {
  std::set<std::string> done;
  if (of.empty()) return done;
  std::string statement = "SELECT recording FROM archive_results WHERE run = $1 AND recording IN (";
  std::vector<SqlText> values{run};
  for (const std::string& one : of) {
    statement += (values.size() == 1 ? "$" : ", $") + std::to_string(values.size() + 1);
    values.emplace_back(one);
  }
  auto answer = Run(statement + ")", values, 1);
  if (!answer) return answer.error();
  for (auto& row : answer->rows) done.insert(*std::move(row[0]));
  return done;
}

Result<ArchiveTally> ArchiveResults::Tally(const std::string& run) {
  const std::array<SqlText, 1> values{run};
  const auto answer =
      Run("SELECT state, count(*), sum(took_ms) FROM archive_results WHERE run = $1 GROUP BY state",
          values, 3);
  if (!answer) return answer.error();
  ArchiveTally tally;
  for (const auto& row : answer->rows) {
    tally.count[StateOf(*row[0])] = Number(row[1]);
    tally.worked_ms += Real(row[2]);
  }
  return tally;
}

Result<std::vector<ArchiveDead>> ArchiveResults::Dead(const std::string& run) {
  const std::array<SqlText, 1> values{run};
  auto answer =
      Run("SELECT recording, reason, deliveries, worker FROM archive_dead WHERE run = $1 "
          "ORDER BY at_ms, recording",
          values, 4);
  if (!answer) return answer.error();
  std::vector<ArchiveDead> dead;
  for (auto& row : answer->rows) {
    dead.push_back(
        {.recording = *row[0], .reason = *row[1], .deliveries = Number(row[2]), .worker = *row[3]});
  }
  return dead;
}

Status ArchiveResults::Each(const std::string& run,
                            const std::function<bool(const ArchiveResult&)>& take) {
  std::string after = "0";
  for (;;) {
    const std::array<SqlText, 2> values{run, after};
    auto page = Run(std::string("SELECT recording, position, audio, speaker, language, state, "
                                "message, document, worker, deliveries, took_ms "
                                "FROM archive_results WHERE run = $1 AND position > $2 "
                                "ORDER BY position LIMIT ") +
                        kPage,
                    values, 11);
    if (!page) return page.error();
    if (page->rows.empty()) return {};
    for (auto& row : page->rows) {
      const ArchiveResult result{.run = run,
                                 .recording = *std::move(row[0]),
                                 .position = Number(row[1]),
                                 .audio = *std::move(row[2]),
                                 .speaker = *std::move(row[3]),
                                 .language = *std::move(row[4]),
                                 .state = StateOf(*row[5]),
                                 .message = *std::move(row[6]),
                                 .document = *std::move(row[7]),
                                 .worker = *std::move(row[8]),
                                 .deliveries = static_cast<std::uint64_t>(Number(row[9])),
                                 .took_ms = Real(row[10])};
      after = std::to_string(result.position);
      if (!take(result)) return {};
    }
  }
}

}  // namespace euphone::fleet
