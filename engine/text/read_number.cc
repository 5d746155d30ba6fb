#include <array>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

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
constexpr auto kCodeCues = std::to_array<std::string_view>({"code", "pin", "zip", "zipcode"});
constexpr auto kCallCues = std::to_array<std::string_view>({"call", "called", "dial", "dialed"});
static_assert(std::ranges::is_sorted(kCodeCues) && std::ranges::is_sorted(kCallCues));
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

/// "ZIP 90210", "code: 1234", "the zip code is 10001", "NY 10001".
bool IsCode(const Reading& reading, std::size_t digits) {
  if (digits < 3) return false;
  const Token& before = reading.at(-1);
  const bool linked = before.Is(':') || before.IsWord("is");
  if (In(kCodeCues, (linked ? reading.at(-2) : before).lower)) return true;
  return digits == 5 && before.text.size() == 2 && Reading::AllCapitals(before.text);
}

/// "dial 999", "911".
bool IsShortCode(const Reading& reading, std::string_view digits) {
  const bool cue = digits == "911" || In(kCallCues, reading.at(-1).lower);
  return digits.size() == 3 && cue && !CountsNextWord(reading);
}

std::string PlainWords(const Reading& reading, const ScannedNumber& number) {
  const std::string_view digits = reading.at().text;
  const auto value = number.integer();
  if (!value || number.grouped) return number.Words();
  const bool after_letters =
      reading.glued(0) && reading.at(-1).IsWord() && !reading.at(-1).IsWord("x");  // "1920x1080"
  const bool recent = digits.size() == 4 && *value >= 1900 && *value < 2100;       // "FY2024"
  if (after_letters && digits.size() > 2 && !recent) return DigitWords(digits);
  if (IsCode(reading, digits.size()) || IsShortCode(reading, digits)) return DigitWords(digits);
  if (digits.size() > 9 && !digits.ends_with("000")) return DigitWords(digits);
  if (digits.size() == 4 && IsYear(reading, *value)) return YearWords(*value);
  return number.Words();
}

}  // namespace

bool ReadNumber(Reading& reading) {
  const auto number = ScanNumber(reading);
  if (!number) return false;
  const bool counts = FindUnit(reading, Signed(number->tokens), true).has_value();
  const bool one = number->IsOne() || FollowsArticle(reading);
  reading.Say(counts ? number->Words() : PlainWords(reading, *number), 0, number->tokens);
  reading.Advance(number->tokens);
  if (!ReadInchMark(reading, one)) reading.Advance(SayUnit(reading, 0, one));
  return true;
}

}  // namespace euphone
