#pragma once

#include <array>
#include <string_view>

#include "text/folded_text.h"

namespace euphone {

/// A currency before or after a number; "cents" is empty where there are none.
struct Currency {
  std::string_view written;  ///< A sign, "US$" or a code, as it stands.
  std::string_view singular;
  std::string_view plural;
  std::string_view cent = {};
  std::string_view cents = {};
};

inline constexpr auto kCurrencies = std::to_array<Currency>({
    {"$", "dollar", "dollars", "cent", "cents"},
    {"\4", "pound", "pounds", "penny", "pence"},
    {"\5", "euro", "euros", "cent", "cents"},
    {"\6", "yen", "yen"},
    {"\7", "cent", "cents"},
    {"\10", "rupee", "rupees"},
    {"\27", "won", "won"},
    {"\30", "ruble", "rubles"},
    {"\31", "lira", "lira"},
    {"\32", "shekel", "shekels"},
    {"\33", "peso", "pesos"},
    {"\34", "baht", "baht"},
    {"\35", "dong", "dong"},
    {"\36", "bitcoin", "bitcoin"},
    {"US$", "dollar", "dollars", "cent", "cents"},
    {"A$", "australian dollar", "australian dollars", "cent", "cents"},
    {"AU$", "australian dollar", "australian dollars", "cent", "cents"},
    {"C$", "canadian dollar", "canadian dollars", "cent", "cents"},
    {"CA$", "canadian dollar", "canadian dollars", "cent", "cents"},
    {"HK$", "hong kong dollar", "hong kong dollars", "cent", "cents"},
    {"NZ$", "new zealand dollar", "new zealand dollars", "cent", "cents"},
    {"S$", "singapore dollar", "singapore dollars", "cent", "cents"},
    {"AUD", "australian dollar", "australian dollars", "cent", "cents"},
    {"CAD", "canadian dollar", "canadian dollars", "cent", "cents"},
    {"CHF", "swiss franc", "swiss francs"},
    {"CNY", "yuan", "yuan"},
    {"EUR", "euro", "euros", "cent", "cents"},
    {"GBP", "pound", "pounds", "penny", "pence"},
    {"INR", "rupee", "rupees"},
    {"JPY", "yen", "yen"},
    {"KRW", "won", "won"},
    {"MXN", "mexican peso", "mexican pesos"},
    {"NZD", "new zealand dollar", "new zealand dollars", "cent", "cents"},
    {"RMB", "yuan", "yuan"},
    {"RUB", "ruble", "rubles"},
    {"Rs", "rupee", "rupees"},
    {"USD", "dollar", "dollars", "cent", "cents"},
});
static_assert(kCurrencies[1].written.front() == mark::kPound &&
              kCurrencies[13].written.front() == mark::kBitcoin);

/// Multipliers between an amount and its currency: "$3 million", "$3M".
struct Scale {
  std::string_view written;
  std::string_view spoken;
  bool word;  ///< A word of its own, in any case; else glued to the number, as it stands.
};

inline constexpr auto kScaleWords = std::to_array<Scale>({
    {"hundred", "hundred", true},
    {"thousand", "thousand", true},
    {"million", "million", true},
    {"billion", "billion", true},
    {"trillion", "trillion", true},
    {"k", "thousand", false},
    {"K", "thousand", false},
    {"m", "million", false},
    {"M", "million", false},
    {"mn", "million", false},
    {"b", "billion", false},
    {"B", "billion", false},
    {"bn", "billion", false},
    {"T", "trillion", false},
});

}  // namespace euphone
