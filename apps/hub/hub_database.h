#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "fleet/sql.h"

namespace euphone::hub {

/// What the hub keeps, in SQLite or PostgreSQL: its tables, and how they are written. What it means
/// stands in HubRecords and DeskRecords. Thread: one at a time. Fails: as fleet::Sql.
class HubDatabase {
 public:
  /// Makes the tables where there are none.
  static Result<HubDatabase> Open(const std::string& url);

  Result<fleet::SqlAnswer> Run(const std::string& statement,
                               std::initializer_list<std::string_view> values = {},
                               int columns = 0);

  /// All of it or nothing. REQUIRES: not within another. Fails as `work` does; where the connection
  /// went away at the very end, it may be kept all the same.
  Status InTransaction(const std::function<Status()>& work);

  using Row = std::vector<std::string>;
  /// "INSERT INTO TABLE VALUES (…), (…)" and `conflict`, "ON CONFLICT …". Few statements, whatever
  /// number of rows: servers prepare each. Gives how many rows were written. REQUIRES: rows of one
  /// length.
  Result<std::int64_t> Insert(const std::string& table, std::span<const Row> rows,
                              const std::string& conflict);

  /// Fails: kIo where another hub runs on it.
  Status KeepAlone();

  const std::string& where() const { return sql_->where(); }

 private:
  explicit HubDatabase(std::unique_ptr<fleet::Sql> sql) : sql_(std::move(sql)) {}

  std::unique_ptr<fleet::Sql> sql_;
};

/// 0 where it is none.
std::int64_t NumberIn(const std::optional<std::string>& text);

}  // namespace euphone::hub
