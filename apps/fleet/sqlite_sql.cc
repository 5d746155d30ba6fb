#include <filesystem>
#include <optional>
#include <utility>

#include "base/file_lock.h"
#include "fleet/broker.h"
#include "fleet/sql.h"
#include "store/database.h"

namespace euphone::fleet {
namespace {

class Sqlite final : public Sql {
 public:
  Sqlite(Database database, std::string file)
      : database_(std::move(database)), file_(std::move(file)), where_("sqlite:" + file_) {}

  Status Script(const std::string& statements) override {
    auto transaction = Transaction::Begin(database_);
    if (!transaction) return transaction.error();
    if (auto status = database_.Execute(statements); !status) return status;
    return transaction->Commit();
  }

  Result<SqlAnswer> Run(const std::string& statement, std::span<const SqlText> values,
                        int columns) override {
    std::vector<SqlValue> bound;
    for (const SqlText& value : values)
      bound.push_back(value ? SqlValue(*value) : SqlValue(nullptr));
    SqlAnswer answer;
    const auto status = database_.Each(statement, bound, [&](const SqlRow& row) {
      std::vector<std::optional<std::string>> texts;
      for (int i = 0; i < columns; ++i) {
        texts.push_back(row.IsNull(i) ? std::nullopt : std::optional(row.Text(i)));
      }
      answer.rows.push_back(std::move(texts));
    });
    if (!status) return status.error();
    answer.changed = database_.changes();
    return answer;
  }

  Result<bool> KeepAlone() override {
    auto lock = FileLock::Take(file_ + ".lock", FileLock::Kind::kAlone, FileLock::Patience::kNone);
    if (lock) alone_.emplace(*std::move(lock));
    return alone_.has_value();
  }

  const std::string& where() const override { return where_; }

 private:
  Database database_;
  std::string file_, where_;
  std::optional<FileLock> alone_;
};

}  // namespace

Result<std::unique_ptr<Sql>> OpenSqlite(const std::string& file, bool must_exist) {
  if (must_exist && !std::filesystem::exists(file))
    return Error{Errc::kNotFound, file + ": there are no results here"};
  auto database = Database::Open(file, std::nullopt);
  if (!database) return database.error();
  return std::unique_ptr<Sql>(std::make_unique<Sqlite>(*std::move(database), file));
}

Result<std::unique_ptr<Sql>> OpenSql(const std::string& url, bool must_exist) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size())
    return OpenSqlite(url.substr(kSqlite.size()), must_exist);
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return OpenPostgres(url);
  return Error{Errc::kInvalidArgument, "results '" + WithoutSecrets(url) +
                                           "': give sqlite:FILE or "
                                           "postgresql://USER@HOST/DATABASE"};
}

}  // namespace euphone::fleet
