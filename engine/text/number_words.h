#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace euphone {

/// Numbers in American English words, separated by single spaces, without hyphens and "and".
inline constexpr std::uint64_t kLargestCardinal = 1'000'000'000'000'000;  ///< One quadrillion.

/// "one thousand nine hundred ninety eight". REQUIRES: n <= kLargestCardinal.
std::string CardinalWords(std::uint64_t n);
/// "twenty second". REQUIRES: n <= kLargestCardinal.
std::string OrdinalWords(std::uint64_t n);
/// "zero zero seven". REQUIRES: digits only.
std::string DigitWords(std::string_view digits);
/// "nineteen ninety eight", "two thousand five", "nineteen hundred". REQUIRES: n < 10'000.
std::string YearWords(std::uint64_t n);
/// What follows the hour or the century: "oh five", "thirty". REQUIRES: n < 100.
std::string TwoDigitWords(std::uint64_t n);
/// A year without its century: "oh five", "ninety nine", but "two thousand". REQUIRES: n < 100.
std::string ShortYearWords(std::uint64_t n);
/// "one half", "three quarters", "five eighths", "seven over zero".
/// REQUIRES: both <= kLargestCardinal.
std::string FractionWords(std::uint64_t numerator, std::uint64_t denominator);
/// Makes the last word a plural: "nineteen nineties", "sixes".
std::string PluralWords(std::string words);

}  // namespace euphone
