#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace euphone {

/// A version as Semantic Versioning 2.0.0 has it: 1.3.0, 1.3.0-rc.2, 1.3.0+build. What comes after
/// the plus is read and forgotten, since it has no part in the order.
struct SemVer {
  std::uint64_t major = 0, minor = 0, patch = 0;
  std::vector<std::string> before = {};  ///< "rc", "2": what makes it older than the version alone.

  std::string Text() const;
};

/// Absent where the text is no version: three numbers without leading zeros are.
std::optional<SemVer> ReadSemVer(std::string_view text);

/// Precedence, section 11: numbers as numbers, words as bytes, numbers before words, fewer first.
std::strong_ordering operator<=>(const SemVer& a, const SemVer& b);
inline bool operator==(const SemVer& a, const SemVer& b) { return (a <=> b) == 0; }

}  // namespace euphone
