#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace euphone {

/// The value (1 to 3999) of a canonical Roman numeral in capitals; nothing for "IIII" or "LCD".
std::optional<std::uint64_t> RomanValue(std::string_view numeral);

}  // namespace euphone
