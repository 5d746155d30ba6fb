#include <dlfcn.h>

#include <charconv>
#include <map>
#include <utility>

#include "fleet/broker.h"
#include "fleet/postgres_api.h"
#include "fleet/sql.h"

namespace euphone::fleet {
namespace {

constexpr const char* kLibrary = "libpq.so.5";

Result<PostgresApi> Load() {
  void* const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return Error{Errc::kNotFound, std::string(kLibrary) +
                                      ", which speaks with PostgreSQL, cannot be loaded; install "
                                      "it (Debian: libpq5)"};
  }
  PostgresApi api;
  bool found = true;
  const auto get = [&](auto& function, const char* name) {
    function =
        reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
    found = found && function != nullptr;
  };
#define EUPHONE_FIND(name) get(api.name, #name);
  EUPHONE_EACH_OF_PQ(EUPHONE_FIND)
#undef EUPHONE_FIND
  if (!found) return Error{Errc::kUnsupported, std::string(kLibrary) + " is too old"};
  return api;
}

/// A message of the server in one line.
std::string OneLine(std::string text) {
  for (char& c : text) c = c == '\n' || c == '\t' ? ' ' : c;
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

class Postgres final : public Sql {
 public:
  static Result<std::unique_ptr<Sql>> Connect(const std::string& url) {
    const auto api = LoadPostgres();
    if (!api) return api.error();
    // A server that is gone without a word is found out within half a minute.
    const char* names[] = {"dbname",
                           "connect_timeout",
                           "application_name",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           nullptr};
    const char* values[] = {url.c_str(), "5", "euphone", "10", "5", "3", "30000", nullptr};
    auto self = std::make_unique<Postgres>(**api, WithoutSecrets(url));
    self->connection_ = (*api)->PQconnectdbParams(names, values, 1);
    if ((*api)->PQstatus(self->connection_) != CONNECTION_OK) {
      if ((*api)->PQpingParams(names, values, 1) != PQPING_OK) return self->Unreachable();
      // It is there by now; if it does not take this one, that does not pass by itself.
      (*api)->PQreset(self->connection_);
      if ((*api)->PQstatus(self->connection_) != CONNECTION_OK)
        return Error{Errc::kInvalidArgument, self->Unreachable().message};
    }
    (*api)->PQsetNoticeProcessor(
        self->connection_, [](void*, const char*) {}, nullptr);
    return std::unique_ptr<Sql>(std::move(self));
  }

  Postgres(const PostgresApi& api, std::string where) : api_(api), where_(std::move(where)) {}
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres() override { api_.PQfinish(connection_); }

  Status Script(const std::string& statements) override {
    // Two that make the same tables at a time would trip over each other. A script is one
    // transaction.
    const std::string whole = "SELECT pg_advisory_xact_lock(7280194);" + statements;
    if (auto there = Ensure(); !there) return there;
    const Owned result = Take(api_.PQexec(connection_, whole.c_str()));
    return Outcome(result.get());
  }

  Result<SqlAnswer> Run(const std::string& statement, std::span<const SqlText> values,
                        int columns) override {
    if (auto there = Ensure(); !there) return there.error();
    const auto name = Prepared(statement);
    if (!name) return name.error();
    std::vector<std::string> texts;  // libpq wants a 0 at the end.
    std::vector<const char*> pointers;
    texts.reserve(values.size());
    for (const SqlText& value : values) {
      pointers.push_back(value ? texts.emplace_back(*value).c_str() : nullptr);
    }
    const Owned result =
        Take(api_.PQexecPrepared(connection_, name->c_str(), static_cast<int>(values.size()),
                                 pointers.data(), nullptr, nullptr, 0));
    if (auto status = Outcome(result.get()); !status) return status.error();
    SqlAnswer answer;
    for (int row = 0; row < api_.PQntuples(result.get()); ++row) {
      auto& cells = answer.rows.emplace_back();
      for (int column = 0; column < columns; ++column) {
        if (api_.PQgetisnull(result.get(), row, column) != 0) {
          cells.emplace_back();
          continue;
        }
        const auto size = static_cast<std::size_t>(api_.PQgetlength(result.get(), row, column));
        cells.emplace_back(std::string(api_.PQgetvalue(result.get(), row, column), size));
      }
    }
    const std::string_view changed = api_.PQcmdTuples(result.get());
    std::from_chars(changed.data(), changed.data() + changed.size(), answer.changed);
    return answer;
  }

  Result<bool> KeepAlone() override {
    alone_ = true;
    if (Status there = Ensure(); !there && api_.PQstatus(connection_) != CONNECTION_OK)
      return there.error();
    return locked_;
  }

  const std::string& where() const override { return where_; }

 private:
  struct Clear {
    const PostgresApi* api = nullptr;
    void operator()(PGresult* result) const { api->PQclear(result); }
  };
  using Owned = std::unique_ptr<PGresult, Clear>;
  Owned Take(PGresult* result) const { return {result, Clear{&api_}}; }

  Error Unreachable() const {
    const std::string said = OneLine(api_.PQerrorMessage(connection_));
    return {Errc::kIo, "cannot reach PostgreSQL at " + where_ + ": " + said};
  }

  /// A connection that was lost is made again.
  Status Ensure() {
    if (api_.PQstatus(connection_) != CONNECTION_OK) {
      prepared_.clear();
      locked_ = false;
      api_.PQreset(connection_);
      if (api_.PQstatus(connection_) != CONNECTION_OK) return Unreachable();
    }
    return alone_ && !locked_ ? Lock() : Status();
  }

  /// The server keeps the lock as long as it has this connection, and no longer.
  Status Lock() {
    const Owned result = Take(api_.PQexec(connection_, "SELECT pg_try_advisory_lock(7280195)"));
    if (auto status = Outcome(result.get()); !status) return status;
    locked_ = std::string_view(api_.PQgetvalue(result.get(), 0, 0)) == "t";
    if (locked_) return {};
    return Error{Errc::kIo, "PostgreSQL at " + where_ + ": another one has it to itself"};
  }

  Status Outcome(const PGresult* result) {
    const ExecStatusType status = api_.PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
    const std::string said = OneLine(api_.PQerrorMessage(connection_));
    const char* state =
        result == nullptr ? nullptr : api_.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    // Classes: 42, a mistake in the statement; 22 and 23, in its values. All else may go away.
    const std::string_view kind = state == nullptr ? std::string_view() : std::string_view(state);
    const bool ours = kind.starts_with("42") || kind.starts_with("22") || kind.starts_with("23");
    return Error{ours ? Errc::kInternal : Errc::kIo, "PostgreSQL at " + where_ + ": " + said};
  }

  Result<std::string> Prepared(const std::string& statement) {
    const auto [entry, is_new] =
        prepared_.try_emplace(statement, "euphone" + std::to_string(prepared_.size()));
    const std::string name = entry->second;
    if (!is_new) return name;
    const Owned result =
        Take(api_.PQprepare(connection_, name.c_str(), statement.c_str(), 0, nullptr));
    if (auto status = Outcome(result.get()); !status) {
      prepared_.erase(statement);
      return status.error();
    }
    return name;
  }

  const PostgresApi& api_;
  PGconn* connection_ = nullptr;
  std::string where_;
  bool alone_ = false;                           ///< It is to be ours alone,
  bool locked_ = false;                          ///< and is, as long as this connection lasts.
  std::map<std::string, std::string> prepared_;  ///< Statements, and the server's names of them.
};

}  // namespace

Result<const PostgresApi*> LoadPostgres() {
  static const Result<PostgresApi> loaded = Load();
  if (!loaded) return loaded.error();
  return &loaded.value();
}

Result<std::unique_ptr<Sql>> OpenPostgres(const std::string& url) { return Postgres::Connect(url); }

}  // namespace euphone::fleet
