#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "text/reading.h"
#include "text/unit_table.h"

namespace euphone {

/// What a number counts: "%", "km/h", "°F", "m²".
struct FoundUnit {
  std::string words;
  std::size_t skipped = 0;  ///< Tokens before it that are not said: the hyphen of "5-km".
  std::size_t tokens = 0;   ///< Of the unit itself.
};

/// The unit at `offset`, right after a number; `one` asks for the singular.
std::optional<FoundUnit> FindUnit(const Reading& reading, std::ptrdiff_t offset, bool one);

/// Says the unit at `offset`, if there is one, and the '/' of "5 mg/day" as "per".
/// Returns how many tokens it took; the reading is not advanced.
std::size_t SayUnit(Reading& reading, std::ptrdiff_t offset, bool one);

const Currency* FindCurrency(const Token& token);

}  // namespace euphone
