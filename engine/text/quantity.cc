#include "text/quantity.h"

#include <string_view>

#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kFeet = std::to_array<std::string_view>({"feet", "foot", "ft"});
constexpr auto kDeterminers = std::to_array<std::string_view>({
    "a",
    "an",
    "each",
    "every",
    "her",
    "his",
    "its",
    "my",
    "our",
    "that",
    "the",
    "their",
    "this",
    "your",
});
static_assert(std::ranges::is_sorted(kFeet) && std::ranges::is_sorted(kDeterminers));

const Unit* FindInTable(std::string_view text, std::string_view lower) {
  for (const Unit& unit : kUnits) {
    if (unit.written == (unit.exact ? text : lower)) return &unit;
  }
  return nullptr;
}

std::optional<FoundUnit> FindDegree(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const std::string degrees = one ? "degree" : "degrees";
  const Token& scale = reading.at(offset + 1);
  const bool glued = !scale.spaced;
  if (scale.text == "F" || (glued && scale.text == "f")) {
    return FoundUnit{degrees + " fahrenheit", 0, 2};
  }
  if (scale.text == "C" || (glued && scale.text == "c")) {
    return FoundUnit{degrees + " celsius", 0, 2};
  }
  return FoundUnit{degrees, 0, 1};
}

/// "in" is a word but in "5 in." and "6 ft 2 in".
bool IsInches(const Reading& reading, std::ptrdiff_t offset) {
  if (reading.glued_symbol(offset + 1, '.')) return true;
  const std::ptrdiff_t feet = reading.at(offset - 2).Is('.') ? offset - 3 : offset - 2;
  return reading.at(offset - 1).IsDigits() && In(kFeet, reading.at(feet).lower) &&
         !In(kDeterminers, reading.at(offset + 1).lower);
}

/// "km/h" takes three tokens, "km" one.
std::optional<FoundUnit> FindWordUnit(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const Token& token = reading.at(offset);
  const bool dotted = reading.glued_symbol(offset + 1, '.') && reading.glued(offset + 2) &&
                      reading.at(offset + 2).IsWord();  // "m.p.h."
  if (!token.IsWord() || dotted || IsCompassPoint(reading, offset)) return std::nullopt;
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
  if (unit == nullptr || (unit->dotted && !IsInches(reading, offset))) return std::nullopt;
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
         (reading.lower_case(next) || next.IsDigits() || next.Is(',') || next.Is(';') ||
          (!next.spaced && (next.Is('-') || next.Is('/'))));
}

/// A unit of one word with its power, "sq. ft." or "fl oz".
std::optional<FoundUnit> FindPlainUnit(const Reading& reading, std::ptrdiff_t offset, bool one) {
  for (const UnitPrefix& prefix : kUnitPrefixes) {
    if (!reading.at(offset).IsWord(prefix.written)) continue;
    const std::size_t skipped = reading.glued_symbol(offset + 1, '.') ? 2 : 1;
    auto unit = FindWordUnit(reading, offset + Signed(skipped), one);
    if (!unit) return std::nullopt;
    unit->words = std::string(prefix.spoken) + ' ' + unit->words;
    unit->tokens += skipped;
    return unit;
  }
  auto unit = FindWordUnit(reading, offset, one);
  if (unit) unit->tokens += TakePower(reading, offset + Signed(unit->tokens), *unit);
  return unit;
}

}  // namespace

std::optional<FoundUnit> FindUnit(const Reading& reading, std::ptrdiff_t offset, bool one) {
  const Token& token = reading.at(offset);
  if (token.Is('%')) return FoundUnit{"percent", 0, 1};
  if (token.Is(mark::kDegree)) return FindDegree(reading, offset, one);
  const bool hyphen = reading.glued_symbol(offset, '-') && reading.glued(offset + 1);
  if (hyphen) ++offset;  // a "5-km run"
  auto unit = FindPlainUnit(reading, offset, one || hyphen);
  if (!unit) return std::nullopt;
  unit->skipped = hyphen ? 1 : 0;
  if (TakesFullStop(reading, offset + Signed(unit->tokens))) ++unit->tokens;
  return unit;
}

std::size_t SayPer(Reading& reading, std::ptrdiff_t offset) {
  if (!reading.glued_symbol(offset, '/') || !reading.glued(offset + 1) ||
      !reading.at(offset + 1).IsWord()) {
    return 0;
  }
  reading.Say("per", offset);
  const auto unit = FindUnit(reading, offset + 1, true);
  if (!unit) return 1;
  reading.Say(unit->words, offset + 1, unit->tokens);
  return 1 + unit->tokens;
}

std::size_t SayUnit(Reading& reading, std::ptrdiff_t offset, bool one) {
  const auto unit = FindUnit(reading, offset, one);
  if (!unit) return SayPer(reading, offset);
  reading.Say(unit->words, offset + Signed(unit->skipped), unit->tokens);
  const std::size_t tokens = unit->skipped + unit->tokens;
  return tokens + SayPer(reading, offset + Signed(tokens));
}

const Currency* FindCurrency(const Token& token) {
  if (token.kind != TokenKind::kSymbol) return nullptr;
  for (const Currency& currency : kCurrencies) {
    if (token.text == currency.written) return &currency;
  }
  return nullptr;
}

std::optional<FoundCurrency> FindCurrency(const Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  if (const Currency* sign = FindCurrency(token)) return FoundCurrency{sign, 1};
  if (!token.IsWord() || token.text.size() > 3) return std::nullopt;
  const bool dollar = reading.glued_symbol(offset + 1, '$');
  const std::string written = std::string(token.text) + (dollar ? "$" : "");
  for (const Currency& currency : kCurrencies) {
    if (written != currency.written) continue;
    const bool dot = written == "Rs" && reading.glued_symbol(offset + 1, '.');
    return FoundCurrency{&currency, dollar || dot ? 2U : 1U};
  }
  return std::nullopt;
}

bool FollowsArticle(const Reading& reading) {
  return reading.at(-1).IsWord("a") || reading.at(-1).IsWord("an");
}

}  // namespace euphone
