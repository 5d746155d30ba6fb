#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::server {

/// Chance that nobody can foresee, as hexadecimal digits: two for each byte. Fails: kInternal.
Result<std::string> RandomHex(std::size_t bytes);

/// So many decimal digits, each as likely as the others. Fails: kInternal.
Result<std::string> RandomDigits(std::size_t digits);

/// In hexadecimal digits. Fails: kInternal.
Result<std::string> Sha256Of(std::string_view bytes);

/// Whether both are the same, in a time that does not tell where they differ.
bool SameSecret(std::string_view a, std::string_view b);

/// Nothing where `text` is no base64 (RFC 4648, with padding).
std::optional<std::string> Base64Decoded(std::string_view text);

}  // namespace euphone::server
