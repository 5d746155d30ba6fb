#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "text/currency_table.h"
#include "text/reading.h"
#include "text/unit_table.h"

namespace euphone {

/// What a number counts: "%", "km/h", "°F", "m²", "sq. ft.".
struct FoundUnit {
  std::string words;
  std::size_t skipped = 0;  ///< Tokens before it that are not said: the hyphen of "5-km".
  std::size_t tokens = 0;   ///< Of the unit itself, with its full stop.
};

/// The unit at `offset`, right after a number; `one` asks for the singular.
std::optional<FoundUnit> FindUnit(const Reading& reading, std::ptrdiff_t offset, bool one);

/// Says the unit at `offset`, if there is one, and the "/day" of "5 mg/day" as "per day".
/// Returns how many tokens it took; the reading is not advanced.
std::size_t SayUnit(Reading& reading, std::ptrdiff_t offset, bool one);
/// The same of the "/day" alone.
std::size_t SayPer(Reading& reading, std::ptrdiff_t offset);

/// The currency whose sign this token is.
const Currency* FindCurrency(const Token& token);

struct FoundCurrency {
  const Currency* currency;
  std::size_t tokens;  ///< "$" is one, "US$" and "Rs." two.
};
/// The sign or code of a currency at `offset`: "$", "US$", "EUR", "Rs.".
std::optional<FoundCurrency> FindCurrency(const Reading& reading, std::ptrdiff_t offset);

/// "a" or "an" is before the current token, so that what it counts is singular: "a 5 km run".
bool FollowsArticle(const Reading& reading);

}  // namespace euphone
