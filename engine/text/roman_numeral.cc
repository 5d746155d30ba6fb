#include "text/roman_numeral.h"

#include <array>
#include <string>
#include <utility>

namespace euphone {
namespace {

constexpr std::array<std::pair<std::string_view, std::uint64_t>, 13> kParts = {{
    {"M", 1000},
    {"CM", 900},
    {"D", 500},
    {"CD", 400},
    {"C", 100},
    {"XC", 90},
    {"L", 50},
    {"XL", 40},
    {"X", 10},
    {"IX", 9},
    {"V", 5},
    {"IV", 4},
    {"I", 1},
}};

}  // namespace

std::optional<std::uint64_t> RomanValue(std::string_view numeral) {
  std::uint64_t value = 0;
  std::string canonical;
  std::string_view rest = numeral;
  for (const auto& [part, worth] : kParts) {
    for (int times = 0; times < 3 && rest.starts_with(part); ++times) {
      rest.remove_prefix(part.size());
      value += worth;
    }
  }
  std::uint64_t left = value;
  for (const auto& [part, worth] : kParts) {
    for (; left >= worth; left -= worth) canonical += part;
  }
  const bool valid = value > 0 && canonical == numeral;
  return valid ? std::optional(value) : std::nullopt;
}

}  // namespace euphone
