#include "store/database.h"

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <utility>

namespace euphone {
namespace {

// A board with a slow card and a busy server gets its turn in far less.
constexpr int kPatienceMs = 10000;

/// Less than SQLite needs to begin anything: it says no more of it than that something failed.
constexpr std::uintmax_t kNoRoomAtAll = std::uintmax_t{128} << 10;

bool IsFull(const std::filesystem::path& file) {
  std::error_code failed;
  const auto space = std::filesystem::space(file.parent_path(), failed);
  return !failed && space.available < kNoRoomAtAll;
}

Error ErrorOf(int code, const std::filesystem::path& file, const char* message) {
  const std::string name = file.string() + ": ";
  const int kind = code & 0xFF;
  if (kind == SQLITE_FULL || (kind == SQLITE_IOERR && IsFull(file)))
    return {Errc::kIo, name + "the disk is full; make room, or delete old recordings"};
  switch (kind) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::kIo, name + "another program keeps writing to it; try again"};
    case SQLITE_NOTADB:
      return {Errc::kCorrupt, name + "it is no database, or encrypted with another key"};
    case SQLITE_CORRUPT:
      return {Errc::kCorrupt, name + "it is damaged; restore a backup (euphone store restore)"};
    case SQLITE_CANTOPEN:
      return {Errc::kNotFound, name + "it cannot be opened"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_IOERR:
      return {Errc::kIo, name + message};
    default:
      return {Errc::kInternal, name + message};
  }
}

int Bind(sqlite3_stmt* statement, int index, const SqlValue& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t number) const {
      return sqlite3_bind_int64(statement, index, number);
    }
    int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
    int operator()(std::string_view text) const {
      // A null pointer would be NULL, not an empty text.
      return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(),
                                 nullptr, SQLITE_UTF8);
    }
    int operator()(Blob blob) const {
      return blob.empty()
                 ? sqlite3_bind_zeroblob(statement, index, 0)
                 : sqlite3_bind_blob64(statement, index, blob.data(), blob.size(), nullptr);
    }
  };
  return std::visit(Binder{statement, index}, value);
}

/// Frees a statement for its next use.
struct Rewind {
  sqlite3_stmt* statement;
  explicit Rewind(sqlite3_stmt* of) : statement(of) {}
  Rewind(const Rewind&) = delete;
  Rewind& operator=(const Rewind&) = delete;
  ~Rewind() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};

}  // namespace

bool SqlRow::IsNull(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
std::int64_t SqlRow::Integer(int column) const { return sqlite3_column_int64(statement_, column); }
double SqlRow::Real(int column) const { return sqlite3_column_double(statement_, column); }
std::string SqlRow::Text(int column) const { return Bytes(column); }
std::string SqlRow::Bytes(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), size);
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Error Database::Failure() const {
  return ErrorOf(sqlite3_extended_errcode(database_.get()), file_, sqlite3_errmsg(database_.get()));
}

Result<Database> Database::InMemory() {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open(":memory:", &handle);
  Database database(std::unique_ptr<sqlite3, Close>(handle), "a database in memory");
  if (code != SQLITE_OK) return ErrorOf(code, database.file_, "it cannot be made");
  return database;
}

Result<std::string> Database::Content() {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(database_.get(), "main", &size, 0), sqlite3_free);
  if (bytes == nullptr) return Failure();
  return std::string(bytes.get(), bytes.get() + size);
}

Result<Database> Database::Open(const std::filesystem::path& file, std::optional<DatabaseKey> key,
                                Access access) {
  const bool writes = access == Access::kReadWrite;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      file.c_str(), &handle,
      writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY, nullptr);
  Database database(std::unique_ptr<sqlite3, Close>(handle), file);
  if (code != SQLITE_OK) return ErrorOf(code, file, "it cannot be opened");
  sqlite3_busy_timeout(handle, kPatienceMs);
  if (key) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string raw = "raw:";
    for (const std::byte byte : *key) {
      raw += kDigits[std::to_integer<std::size_t>(byte >> 4)];
      raw += kDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
    }
    const int set = sqlite3_key(handle, raw.data(), static_cast<int>(raw.size()));
    std::fill(raw.begin(), raw.end(), '\0');
    if (set != SQLITE_OK) return database.Failure();
  }
  // The first look at the file, which shows whether the key fits.
  if (auto status = database.Execute("SELECT count(*) FROM sqlite_schema"); !status)
    return status.error();
  if (writes) {
    if (auto status = database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                       "PRAGMA journal_size_limit = 4194304");
        !status) {
      return status.error();
    }
  }
  if (auto status = database.Execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                                     "PRAGMA cache_size = -8000; PRAGMA secure_delete = ON");
      !status) {
    return status.error();
  }
  return database;
}

Status Database::Execute(const std::string& statements) {
  if (sqlite3_exec(database_.get(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return Failure();
  return {};
}

Result<sqlite3_stmt*> Database::Prepared(std::string_view statement) {
  if (const auto found = statements_.find(statement); found != statements_.end())
    return found->second.get();
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v3(database_.get(), statement.data(), static_cast<int>(statement.size()),
                         SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) != SQLITE_OK) {
    return Failure();
  }
  statements_.emplace(statement, Statement(prepared));
  return prepared;
}

Status Database::Each(std::string_view statement, std::span<const SqlValue> values,
                      const std::function<void(const SqlRow&)>& row) {
  const auto prepared = Prepared(statement);
  if (!prepared) return prepared.error();
  const Rewind rewind(*prepared);
  int index = 0;
  for (const SqlValue& value : values) {
    if (Bind(*prepared, ++index, value) != SQLITE_OK) return Failure();
  }
  for (;;) {
    const int step = sqlite3_step(*prepared);
    if (step == SQLITE_DONE) return {};
    if (step != SQLITE_ROW) return Failure();
    row(SqlRow(*prepared));
  }
}

Status Database::Run(std::string_view statement, std::initializer_list<SqlValue> values) {
  return Each(statement, values, [](const SqlRow&) {});
}

Result<std::optional<std::int64_t>> Database::Number(std::string_view statement,
                                                     std::initializer_list<SqlValue> values) {
  std::optional<std::int64_t> number;
  auto status = Each(statement, values, [&](const SqlRow& row) {
    if (!number) number = row.Integer(0);
  });
  if (!status) return status.error();
  return number;
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(database_.get()); }
std::int64_t Database::changes() const { return sqlite3_changes64(database_.get()); }

Status Database::CopyTo(const std::filesystem::path& file) {
  const std::string name = file.string();
  return Run("VACUUM INTO ?1", {std::string_view(name)});
}

Result<Transaction> Transaction::Begin(Database& database) {
  if (auto status = database.Run("BEGIN IMMEDIATE"); !status) return status.error();
  return Transaction(database);
}

Transaction::~Transaction() {
  // A failed commit may have rolled back already.
  if (database_ != nullptr) static_cast<void>(database_->Run("ROLLBACK"));
}

Status Transaction::Commit() {
  if (auto status = database_->Run("COMMIT"); !status) return status;
  database_ = nullptr;
  return {};
}

}  // namespace euphone
