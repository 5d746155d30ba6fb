#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace euphone {

using Blob = std::span<const std::byte>;

/// What is bound to a statement; text and blobs must live until the call returns.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// Absent becomes NULL.
inline SqlValue OrNull(const std::optional<double>& value) {
  return value ? SqlValue(*value) : SqlValue(nullptr);
}
inline SqlValue OrNull(const std::optional<std::int64_t>& value) {
  return value ? SqlValue(*value) : SqlValue(nullptr);
}

/// A row of an answer, while its statement stands on it. Columns count from 0.
class SqlRow {
 public:
  explicit SqlRow(sqlite3_stmt* statement) : statement_(statement) {}

  bool IsNull(int column) const;
  std::int64_t Integer(int column) const;
  double Real(int column) const;
  std::string Text(int column) const;
  std::string Bytes(int column) const;
  bool Flag(int column) const { return Integer(column) != 0; }
  std::optional<double> MaybeReal(int column) const {
    return IsNull(column) ? std::nullopt : std::optional(Real(column));
  }
  std::optional<std::int64_t> MaybeInteger(int column) const {
    return IsNull(column) ? std::nullopt : std::optional(Integer(column));
  }

 private:
  sqlite3_stmt* statement_;
};

/// The key of an encrypted database: 32 random bytes, not a passphrase.
using DatabaseKey = std::span<const std::byte, 32>;

/// One connection to an SQLite database. Statements are compiled once. Messages name the file.
/// All fail with kCorrupt (not a database, another key, damaged), kIo (full disk, locked by
/// another program for 10 s), kInternal (a mistake of ours).
/// Thread: one at a time; further connections to the same file may be used beside it.
class Database {
 public:
  enum class Access {
    kReadWrite,  ///< Made where there is none.
    kReadOnly,
  };

  /// Readers see whole transactions only, and what was committed survives a loss of power.
  static Result<Database> Open(const std::filesystem::path& file, std::optional<DatabaseKey> key,
                               Access access = Access::kReadWrite);
  /// An empty one that no file holds.
  static Result<Database> InMemory();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Several statements without values.
  Status Execute(const std::string& statements);

  /// One statement that answers nothing.
  Status Run(std::string_view statement, std::initializer_list<SqlValue> values = {});

  /// Calls `row` for each row of the answer, which must not use this statement again.
  Status Each(std::string_view statement, std::span<const SqlValue> values,
              const std::function<void(const SqlRow&)>& row);
  Status Each(std::string_view statement, std::initializer_list<SqlValue> values,
              const std::function<void(const SqlRow&)>& row) {
    return Each(statement, std::span(values.begin(), values.size()), row);
  }

  /// The first column of the first row; absent: there is no row.
  Result<std::optional<std::int64_t>> Number(std::string_view statement,
                                             std::initializer_list<SqlValue> values = {});

  std::int64_t last_id() const;
  /// Rows that the last statement wrote.
  std::int64_t changes() const;

  /// A copy as it is now, while others go on reading and writing, under the same key. `file` must
  /// not exist.
  Status CopyTo(const std::filesystem::path& file);

  /// What an unencrypted file of it would hold.
  Result<std::string> Content();

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

  Database(std::unique_ptr<sqlite3, Close> database, std::filesystem::path file)
      : database_(std::move(database)), file_(std::move(file)) {}

  Result<sqlite3_stmt*> Prepared(std::string_view statement);
  Error Failure() const;

  std::unique_ptr<sqlite3, Close> database_;
  std::filesystem::path file_;
  std::map<std::string, Statement, std::less<>> statements_;
};

/// All or nothing: what was run since Begin() is undone unless Commit() succeeds.
class Transaction {
 public:
  /// Waits for its turn to write.
  static Result<Transaction> Begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}

  Database* database_;  ///< Null: over.
};

}  // namespace euphone
