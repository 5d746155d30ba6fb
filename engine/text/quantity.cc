#include "text/quantity.h"

#include <string_view>

namespace euphone {
namespace {

const Unit* FindInTable(std::string_view text, std::string_view lower) {
  for (const Unit& unit : kUnits) {
    if (unit.written == (unit.exact ? text : lower)) return &unit;
  }
  return nullptr;
}

std::optional<FoundUnit> FindDegree(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const std::string degrees = one ? "degree" : "degrees";
  const Token& scale = reading.at(offset + 1);
  if (!scale.spaced && scale.IsWord("f")) return FoundUnit{degrees + " fahrenheit", 0, 2};
  if (!scale.spaced && scale.IsWord("c")) return FoundUnit{degrees + " celsius", 0, 2};
  return FoundUnit{degrees, 0, 1};
}

/// "km/h" takes three tokens, "km" one.
std::optional<FoundUnit> FindWordUnit(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const Token& token = reading.at(offset);
  if (reading.glued_symbol(offset + 1, '/') && reading.glued(offset + 2) &&
      reading.at(offset + 2).IsWord() &&
      token.text.size() + reading.at(offset + 2).text.size() < 6) {
    const std::string text =
        std::string(token.text) + "/" + std::string(reading.at(offset + 2).text);
    const std::string lower =
        std::string(token.lower) + "/" + std::string(reading.at(offset + 2).lower);
    if (const Unit* unit = FindInTable(text, lower)) {
      return FoundUnit{std::string(one ? unit->singular : unit->plural), 0, 3};
    }
  }
  const Unit* unit = FindInTable(token.text, token.lower);
  if (unit == nullptr) return std::nullopt;
  return FoundUnit{std::string(one ? unit->singular : unit->plural), 0, 1};
}

/// "²", "^2" or a glued "2" after a unit: the tokens it takes.
std::size_t TakePower(const Reading& reading, std::ptrdiff_t offset, FoundUnit& unit) {
  const bool caret = reading.glued_symbol(offset, '^');
  const std::ptrdiff_t digit = offset + (caret ? 1 : 0);
  if (!reading.glued_digits(digit)) return 0;
  const std::string_view power = reading.at(digit).text;
  if (power != "2" && power != "3") return 0;
  if (unit.tokens > 1) {
    unit.words += power == "2" ? " squared" : " cubed";  // "meters per second squared"
  } else {
    unit.words = (power == "2" ? "square " : "cubic ") + unit.words;
  }
  return caret ? 2 : 1;
}

/// The full stop of "10 lb. of" belongs to the unit unless a sentence may end there.
bool TakesFullStop(const Reading& reading, std::ptrdiff_t offset) {
  const Token& next = reading.at(offset + 1);
  return reading.glued_symbol(offset, '.') && !next.EndsText() &&
         (reading.lower_case(next) || next.IsDigits() || next.Is(',') || next.Is(';'));
}

}  // namespace

std::optional<FoundUnit> FindUnit(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const Token& token = reading.at(offset);
  if (token.Is('%')) return FoundUnit{"percent", 0, 1};
  if (token.Is(mark::kDegree)) return FindDegree(reading, offset, one);
  if (reading.glued_symbol(offset, '-') && reading.glued(offset + 1) &&
      reading.at(offset + 1).IsWord()) {
    auto unit = FindWordUnit(reading, offset + 1, true);  // a "5-km run"
    if (unit) unit->skipped = 1;
    return unit;
  }
  if (!token.IsWord()) return std::nullopt;
  auto unit = FindWordUnit(reading, offset, one);
  if (!unit) return std::nullopt;
  const auto after = offset + static_cast<std::ptrdiff_t>(unit->tokens);
  unit->tokens += TakePower(reading, after, *unit);
  if (TakesFullStop(reading, offset + static_cast<std::ptrdiff_t>(unit->tokens))) ++unit->tokens;
  return unit;
}

std::size_t SayUnit(Reading& reading, std::ptrdiff_t offset, bool one) {
  std::size_t tokens = 0;
  if (const auto unit = FindUnit(reading, offset, one)) {
    reading.Say(unit->words, offset + static_cast<std::ptrdiff_t>(unit->skipped), unit->tokens);
    tokens = unit->skipped + unit->tokens;
  }
  const auto slash = offset + static_cast<std::ptrdiff_t>(tokens);
  const Token& counted = reading.at(slash + 1);
  if (reading.glued_symbol(slash, '/') && !counted.spaced && counted.IsWord()) {
    reading.Say("per", slash);
    ++tokens;
  }
  return tokens;
}

const Currency* FindCurrency(const Token& token) {
  for (const Currency& currency : kCurrencies) {
    if (token.Is(currency.symbol)) return &currency;
  }
  return nullptr;
}

}  // namespace euphone
