#include <algorithm>
#include <array>
#include <string_view>

#include "text/abbreviation_table.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kSingular =
    std::to_array<std::string_view>({"a", "an", "each", "every", "one", "per"});
static_assert(std::ranges::is_sorted(kSingular));

/// "350 degrees F"
bool ReadScale(Reading& reading) {
  const std::string_view scale = reading.at().text;
  const std::string_view before = reading.at(-1).lower;
  if ((scale != "F" && scale != "C") || (before != "degrees" && before != "degree")) return false;
  reading.Say(scale == "F" ? "fahrenheit" : "celsius");
  reading.Advance();
  return true;
}

bool IsAlwaysReplaced(std::string_view lower) {
  return std::ranges::count(kAlwaysReplaced, lower, &Replacement::written) > 0;
}

/// "how many km/h"
bool ReadSpeed(Reading& reading) {
  if (!reading.at().IsWord("km") || !reading.glued_symbol(1, '/')) return false;
  const auto unit = FindUnit(reading, 0, false);
  if (!unit || unit->tokens < 3) return false;
  reading.Say(unit->words, 0, unit->tokens);
  reading.Advance(unit->tokens);
  return true;
}

}  // namespace

bool ReadSingleUnit(Reading& reading) {
  if (ReadScale(reading) || ReadSpeed(reading)) return true;
  const Token& token = reading.at();
  if (!In(kSingular, reading.at(-1).lower)) return false;
  const bool dotted = reading.at(-1).IsWord("per") && reading.glued_symbol(1, '.');
  if (token.text.size() < 2 || !(dotted || IsAlwaysReplaced(token.lower))) return false;
  const auto unit = FindUnit(reading, 0, true);
  if (!unit) return false;
  reading.Say(unit->words, 0, unit->tokens);
  reading.Advance(unit->tokens);
  return true;
}

}  // namespace euphone
