#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::fleet {

/// A value of a statement, as text; absent: NULL.
using SqlText = std::optional<std::string_view>;

struct SqlAnswer {
  std::vector<std::vector<std::optional<std::string>>> rows = {};
  std::int64_t changed = 0;  ///< Rows that were written.
};

/// A database that speaks what SQLite and PostgreSQL have in common. Values stand as $1, $2, … in
/// the order in which they are given, each once. A connection that was lost is made again by the
/// next call. Thread: one at a time.
/// Fails: kIo (away, full, locked: the same call may succeed later), kInternal (a mistake of ours),
/// kCorrupt, kNotFound (libpq is not installed).
class Sql {
 public:
  virtual ~Sql() = default;

  /// Statements without values, all or none; never two of these at a time, whoever runs them.
  virtual Status Script(const std::string& statements) = 0;

  /// One statement, whose answer has so many columns.
  virtual Result<SqlAnswer> Run(const std::string& statement, std::span<const SqlText> values,
                                int columns = 0) = 0;

  /// From now on this program has the database for itself among those that ask for it so, until it
  /// ends; also over lost connections. False: another one has it. Fails: kIo.
  virtual Result<bool> KeepAlone() = 0;

  /// "sqlite:FILE", or a PostgreSQL URL without user and password: fit for messages.
  virtual const std::string& where() const = 0;
};

/// "sqlite:FILE" (made where there is none, unless `must_exist`), or what libpq takes:
/// "postgresql://USER@HOST/DATABASE". Fails: kInvalidArgument for anything else, and where a server
/// refuses the user, the password or the name of the database; kIo where it is away.
Result<std::unique_ptr<Sql>> OpenSql(const std::string& url, bool must_exist = false);

Result<std::unique_ptr<Sql>> OpenSqlite(const std::string& file, bool must_exist);
Result<std::unique_ptr<Sql>> OpenPostgres(const std::string& url);

}  // namespace euphone::fleet
