#include <array>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

std::ptrdiff_t Signed(std::size_t count) { return static_cast<std::ptrdiff_t>(count); }

constexpr auto kYearCues = std::to_array<std::string_view>({
    "after",     "april", "august", "autumn",   "before", "by",       "circa",   "december",
    "during",    "early", "fall",   "february", "from",   "in",       "january", "july",
    "june",      "late",  "march",  "may",      "mid",    "november", "october", "of",
    "september", "since", "spring", "summer",   "till",   "until",    "winter",  "year",
});
constexpr auto kCountedWords = std::to_array<std::string_view>({
    "children",
    "feet",
    "men",
    "people",
    "percent",
    "women",
});
constexpr auto kNoPlurals = std::to_array<std::string_view>({
    "always",
    "does",
    "has",
    "his",
    "its",
    "perhaps",
    "plus",
    "this",
    "thus",
    "towards",
    "was",
});
static_assert(std::ranges::is_sorted(kYearCues) && std::ranges::is_sorted(kCountedWords) &&
              std::ranges::is_sorted(kNoPlurals));

bool CountsNextWord(const Reading& reading) {
  const Token& next = reading.at(1);
  const std::string_view word = next.lower;
  if (!next.IsWord() || !next.spaced) return false;
  return In(kCountedWords, word) ||
         (word.ends_with('s') && word.size() > 3 && !word.ends_with("ss") && !In(kNoPlurals, word));
}

/// "1500 soldiers" is a quantity, "in 1500" a year.
bool IsYear(const Reading& reading, std::uint64_t value) {
  if (value < 1001 || value > 2099 || value == 2000) return false;
  return In(kYearCues, reading.at(-1).lower) || !CountsNextWord(reading);
}

std::string PlainWords(const Reading& reading, const ScannedNumber& number) {
  const std::string_view digits = reading.at().text;
  const auto value = number.integer();
  if (!value || number.grouped) return number.Words();
  const bool after_letters =
      reading.glued(0) && reading.at(-1).IsWord() && !reading.at(-1).IsWord("x");  // "1920x1080"
  if (after_letters && digits.size() > 2) return DigitWords(digits);
  const bool zip_code = digits.size() == 5 && reading.at(-1).text.size() == 2 &&
                        Reading::AllCapitals(reading.at(-1).text);
  if (zip_code) return DigitWords(digits);
  if (digits.size() > 9 && !digits.ends_with("000")) return DigitWords(digits);
  if (digits == "911" && !CountsNextWord(reading)) return DigitWords(digits);
  if (digits.size() == 4 && IsYear(reading, *value)) return YearWords(*value);
  return number.Words();
}

/// "5'10"" and "6"", unless a quotation ends there.
bool ReadFeetAndInches(Reading& reading) {
  const auto value = SmallNumber(reading.at(), 3);
  if (!value) return false;
  if (reading.glued_symbol(1, '\'') && reading.glued_digits(2)) {
    const auto inches = SmallNumber(reading.at(2), 2);
    if (!inches || *inches > 11) return false;
    const bool mark = reading.glued_symbol(3, '"') && !reading.quote_open();
    const std::size_t tokens = mark ? 4 : 3;
    reading.Say(CardinalWords(*value) + " foot " + CardinalWords(*inches), 0, tokens);
    reading.Advance(tokens);
    if (mark) reading.ToggleQuote();
    return true;
  }
  if (!reading.glued_symbol(1, '"') || reading.quote_open()) return false;
  reading.Say(CardinalWords(*value) + (*value == 1 ? " inch" : " inches"), 0, 2);
  reading.Advance(2);
  reading.ToggleQuote();
  return true;
}

}  // namespace

bool ReadNumber(Reading& reading) {
  if (ReadFeetAndInches(reading)) return true;
  const auto number = ScanNumber(reading);
  if (!number) return false;
  const bool counts = FindUnit(reading, Signed(number->tokens), true).has_value();
  reading.Say(counts ? number->Words() : PlainWords(reading, *number), 0, number->tokens);
  reading.Advance(number->tokens);
  reading.Advance(SayUnit(reading, 0, number->IsOne()));
  return true;
}

bool ReadOrdinal(Reading& reading) {
  const Token& digits = reading.at();
  if (!digits.IsDigits()) return false;
  const Token& suffix = reading.at(1);
  const bool apostrophe = reading.glued_symbol(1, '\'') && reading.glued(2);
  const Token& plural = reading.at(apostrophe ? 2 : 1);
  const auto value = SmallNumber(digits, 15);
  if (value && !suffix.spaced &&
      (suffix.IsWord("st") || suffix.IsWord("nd") || suffix.IsWord("rd") || suffix.IsWord("th"))) {
    reading.Say(OrdinalWords(*value), 0, 2);
    reading.Advance(2);
    return true;
  }
  // "her 30s" and "747s" are plurals, "30s" and "45s" seconds.
  const bool owned = reading.at(-1).IsWord() || !digits.spaced;
  const bool plural_number = value && (*value >= 100 || apostrophe || (*value % 10 == 0 && owned));
  if (plural_number && !plural.spaced && plural.IsWord("s") &&
      (plural.text == "s" || reading.caseless())) {
    const bool decade =
        digits.text.size() == 4 && *value >= 1000 && *value < 3000 && *value % 10 == 0;
    const std::size_t tokens = apostrophe ? 3 : 2;
    reading.Say(PluralWords(decade ? YearWords(*value) : CardinalWords(*value)), 0, tokens);
    reading.Advance(tokens);
    return true;
  }
  const bool short_year =
      reading.at(-1).Is('\'') && !digits.spaced && digits.text.size() == 2 && digits.text[0] == '0';
  if (!value || !short_year) return false;
  reading.Say(TwoDigitWords(*value));
  reading.Advance();
  return true;
}

bool ReadFraction(Reading& reading) {
  const bool mixed = reading.at().IsDigits() && reading.at(1).IsDigits() &&
                     reading.glued_symbol(2, '/') && reading.glued_digits(3);
  const std::ptrdiff_t at = mixed ? 1 : 0;
  if (!mixed && !(reading.glued_symbol(1, '/') && reading.glued_digits(2))) return false;
  const auto top = SmallNumber(reading.at(at), 3);
  const auto bottom = SmallNumber(reading.at(at + 2), 3);
  const bool chain =
      reading.glued_symbol(at + 3, '/') || (reading.glued(0) && reading.at(-1).Is('/'));
  if (!top || !bottom || chain) return false;
  if (mixed) {
    const bool proper = *top > 0 && *top < *bottom && *bottom <= 100;
    const auto whole = SmallNumber(reading.at(), 15);
    if (!proper || !whole) return false;
    std::string part = FractionWords(*top, *bottom);
    if (*top == 1) part.replace(0, 3, "a");
    reading.Say(CardinalWords(*whole));
    reading.Say("and " + part, 1, 3);
    reading.Advance(4);
    reading.Advance(SayUnit(reading, 0, false));
    return true;
  }
  const std::string by_name = CardinalWords(*top) + ' ' + CardinalWords(*bottom);
  const bool idiom = (*top == *bottom && (*top < 5 || *top == 50)) ||
                     (*top == 24 && *bottom == 7) || (*top == 9 && *bottom == 11);
  const bool mark = *top > 1 && (*top == *bottom || *bottom == 100);  // "10/10", "95/100"
  reading.Say(idiom  ? by_name
              : mark ? CardinalWords(*top) + " out of " + CardinalWords(*bottom)
                     : FractionWords(*top, *bottom),
              0, 3);
  reading.Advance(3);
  reading.Advance(SayUnit(reading, 0, *top < *bottom));
  return true;
}

}  // namespace euphone
