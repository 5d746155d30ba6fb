#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace euphone::hub {

/// RFC 4648, with padding.
std::string ToBase64(std::string_view bytes);
/// Nothing where it is none.
std::optional<std::string> FromBase64(std::string_view text);

}  // namespace euphone::hub
