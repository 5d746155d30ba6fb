#include "store/settings.h"

namespace euphone {

Result<std::optional<std::string>> GetSetting(Database& database, std::string_view name) {
  std::optional<std::string> value;
  if (auto status = database.Each("SELECT value FROM settings WHERE name = ?1", {name},
                                  [&](const SqlRow& row) { value = row.Text(0); });
      !status) {
    return status.error();
  }
  return value;
}

Status PutSetting(Database& database, std::string_view name,
                  const std::optional<std::string>& value) {
  if (!value) return database.Run("DELETE FROM settings WHERE name = ?1", {name});
  return database.Run(
      "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value",
      {name, std::string_view(*value)});
}

}  // namespace euphone
