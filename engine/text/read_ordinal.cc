#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kMarkCues =
    std::to_array<std::string_view>({"a", "an", "got", "rated", "score", "scored"});
static_assert(std::ranges::is_sorted(kMarkCues));

bool IsOrdinalEnding(const Token& token) {
  return !token.spaced &&
         (token.IsWord("st") || token.IsWord("nd") || token.IsWord("rd") || token.IsWord("th"));
}

/// "1990s", "747s", "the 90's", "1,000s of": what is counted in, or nothing.
std::string PluralOf(const ScannedNumber& number, std::uint64_t value, const Token& after) {
  const std::size_t length = number.whole.size();
  const bool power = number.whole.find_first_not_of('0', 1) == std::string::npos;
  if (after.IsWord("of") && number.whole[0] == '1' && length > 1 && power) {
    const std::string words = CardinalWords(value);  // "hundreds of", but "tens of"
    return PluralWords(words.starts_with("one ") ? words.substr(4) : words);
  }
  const bool decade =
      !number.grouped && length == 4 && value >= 1000 && value < 3000 && value % 10 == 0;
  return PluralWords(decade ? YearWords(value) : CardinalWords(value));
}

/// "her 30s", "747s" and "mp3s" are plurals, "30s" and "45s" seconds.
bool ReadPluralNumber(Reading& reading, const ScannedNumber& number, std::uint64_t value) {
  const std::ptrdiff_t end = Signed(number.tokens);
  const bool apostrophe = reading.glued_symbol(end, '\'') && reading.glued(end + 1);
  const std::ptrdiff_t plural = apostrophe ? end + 1 : end;
  const bool owned = reading.at(-1).IsWord() || !reading.at().spaced;
  const bool named =
      reading.glued(0) &&
      (reading.at(-1).IsWord() || (reading.glued_symbol(-1, '-') && reading.at(-2).IsWord()));
  const bool countable = value >= 100 || apostrophe || named || (value % 10 == 0 && owned);
  const Token& s = reading.at(plural);
  if (!countable || s.spaced || !s.IsWord("s") || (s.text != "s" && !reading.caseless())) {
    return false;
  }
  const auto tokens = static_cast<std::size_t>(plural) + 1;
  reading.Say(PluralOf(number, value, reading.at(plural + 1)), 0, tokens);
  reading.Advance(tokens);
  return true;
}

/// "the class of '05", "'00": larger ones are read as numbers.
bool ReadShortYear(Reading& reading) {
  const Token& digits = reading.at();
  const bool matches =
      reading.at(-1).Is('\'') && !digits.spaced && digits.text.size() == 2 && digits.text[0] == '0';
  if (!matches) return false;
  reading.Say(ShortYearWords(*SmallNumber(digits, 2)));
  reading.Advance();
  return true;
}

/// "2/3rds", "3/4ths", "1/4th": how the denominator is said, or nothing.
std::string WrittenPart(const Token& ending, std::uint64_t top, std::uint64_t bottom) {
  if (ending.spaced || bottom < 3 || bottom > kLargestCardinal) return {};
  if (IsOrdinalEnding(ending)) return OrdinalWords(bottom);
  const bool plural = ending.IsWord("rds") || ending.IsWord("ths") || ending.IsWord("nds");
  return plural ? OrdinalWords(bottom) + (top == 1 ? "" : "s") : "";
}

/// "1 1/2", "1-1/2 cups": the fraction is at `at`.
bool ReadMixedFraction(Reading& reading, std::ptrdiff_t at, std::uint64_t top,
                       std::uint64_t bottom) {
  const bool proper = top > 0 && top < bottom && bottom <= 100;
  const auto whole = SmallNumber(reading.at(), 15);
  if (!proper || !whole) return false;
  std::string part = FractionWords(top, bottom);
  if (top == 1) part.replace(0, 3, "a");
  const bool one = FollowsArticle(reading);
  reading.Say(CardinalWords(*whole));
  reading.Say("and " + part, at, 3);
  reading.Advance(static_cast<std::size_t>(at) + 3);
  if (!ReadInchMark(reading, one)) reading.Advance(SayUnit(reading, 0, one));
  return true;
}

/// "95/100", "10/10" and, among words for marks, "a 9/10".
bool IsMark(const Reading& reading, std::uint64_t top, std::uint64_t bottom) {
  const bool rated = bottom == 10 && In(kMarkCues, reading.at(-1).lower) && !reading.at(3).IsWord();
  return top > 1 && (top == bottom || bottom == 100 || rated);
}

std::string SimpleFractionWords(const Reading& reading, std::uint64_t top, std::uint64_t bottom) {
  const bool idiom = (top == bottom && (top < 5 || top == 20 || top == 50)) ||
                     (top == 24 && bottom == 7) || (top == 9 && bottom == 11);
  if (idiom) return CardinalWords(top) + ' ' + CardinalWords(bottom);
  if (IsMark(reading, top, bottom)) return CardinalWords(top) + " out of " + CardinalWords(bottom);
  const bool pressure = top > bottom && bottom > 20;  // "120/80"
  return pressure ? CardinalWords(top) + " over " + CardinalWords(bottom)
                  : FractionWords(top, bottom);
}

}  // namespace

bool ReadOrdinal(Reading& reading) {
  if (!reading.at().IsDigits()) return false;
  const auto number = ScanNumber(reading);
  const auto value = number->integer();
  if (!value) return false;
  if (IsOrdinalEnding(reading.at(Signed(number->tokens)))) {
    reading.Say(OrdinalWords(*value), 0, number->tokens + 1);
    reading.Advance(number->tokens + 1);
    return true;
  }
  return ReadPluralNumber(reading, *number, *value) || ReadShortYear(reading);
}

bool ReadFraction(Reading& reading) {
  if (!reading.at().IsDigits()) return false;
  const auto fraction_at = [&](std::ptrdiff_t at) {
    return reading.at(at).IsDigits() && reading.glued_symbol(at + 1, '/') &&
           reading.glued_digits(at + 2);
  };
  const bool hyphen = reading.glued_symbol(1, '-') && reading.glued(2);
  const std::ptrdiff_t mixed_at = hyphen ? 2 : 1;
  const bool mixed = fraction_at(mixed_at);
  const std::ptrdiff_t at = mixed ? mixed_at : 0;
  if (!mixed && !fraction_at(0)) return false;
  const auto top = SmallNumber(reading.at(at), 3);
  const auto bottom = SmallNumber(reading.at(at + 2), 3);
  const bool chain =
      reading.glued_symbol(at + 3, '/') || (reading.glued(0) && reading.at(-1).Is('/'));
  if (!top || !bottom || chain) return false;
  if (mixed) return ReadMixedFraction(reading, at, *top, *bottom);
  const std::string part = WrittenPart(reading.at(3), *top, *bottom);
  const std::size_t tokens = part.empty() ? 3 : 4;
  reading.Say(
      part.empty() ? SimpleFractionWords(reading, *top, *bottom) : CardinalWords(*top) + ' ' + part,
      0, tokens);
  reading.Advance(tokens);
  const bool one = *top < *bottom;
  if (!ReadInchMark(reading, one)) reading.Advance(SayUnit(reading, 0, one));
  return true;
}

}  // namespace euphone
