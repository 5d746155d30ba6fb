#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/database.h"

namespace euphone {

/// What a store remembers of its user's wishes, by name. Fails: as Database.
Result<std::optional<std::string>> GetSetting(Database& database, std::string_view name);
/// Absent: as if nothing had been said.
Status PutSetting(Database& database, std::string_view name,
                  const std::optional<std::string>& value);

}  // namespace euphone
