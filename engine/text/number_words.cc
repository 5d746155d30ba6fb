#include "text/number_words.h"

#include <array>
#include <utility>

namespace euphone {
namespace {

constexpr std::array<std::string_view, 20> kSmall = {
    "zero",     "one",     "two",     "three",     "four",     "five",    "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTens = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::pair<std::uint64_t, std::string_view>, 5> kScales = {{
    {1'000'000'000'000'000, "quadrillion"},
    {1'000'000'000'000, "trillion"},
    {1'000'000'000, "billion"},
    {1'000'000, "million"},
    {1'000, "thousand"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kIrregularOrdinals = {{
    {"one", "first"},
    {"two", "second"},
    {"three", "third"},
    {"five", "fifth"},
    {"eight", "eighth"},
    {"nine", "ninth"},
    {"twelve", "twelfth"},
}};

void Append(std::string& words, std::string_view word) {
  if (!words.empty()) words.push_back(' ');
  words += word;
}

void AppendBelowThousand(std::string& words, std::uint64_t n) {
  if (n >= 100) {
    Append(words, kSmall[n / 100]);
    Append(words, "hundred");
    n %= 100;
  }
  if (n >= 20) {
    Append(words, kTens[n / 10]);
    n %= 10;
  }
  if (n > 0) Append(words, kSmall[n]);
}

}  // namespace

std::string CardinalWords(std::uint64_t n) {
  if (n == 0) return std::string(kSmall[0]);
  std::string words;
  for (const auto& [scale, name] : kScales) {
    if (n < scale) continue;
    AppendBelowThousand(words, n / scale);
    Append(words, name);
    n %= scale;
  }
  AppendBelowThousand(words, n);
  return words;
}

std::string OrdinalWords(std::uint64_t n) {
  std::string words = CardinalWords(n);
  const std::size_t last = words.rfind(' ') + 1;  // npos + 1 is 0
  for (const auto& [cardinal, ordinal] : kIrregularOrdinals) {
    if (words.compare(last, std::string::npos, cardinal) == 0) {
      return words.replace(last, std::string::npos, ordinal);
    }
  }
  if (words.back() == 'y') words.replace(words.size() - 1, 1, "ie");
  return words + "th";
}

std::string DigitWords(std::string_view digits) {
  std::string words;
  for (char digit : digits) Append(words, kSmall[static_cast<std::size_t>(digit - '0')]);
  return words;
}

std::string TwoDigitWords(std::uint64_t n) {
  return n < 10 ? "oh " + CardinalWords(n) : CardinalWords(n);
}

std::string ShortYearWords(std::uint64_t n) { return n == 0 ? "two thousand" : TwoDigitWords(n); }

std::string YearWords(std::uint64_t n) {
  const std::uint64_t century = n / 100;
  if (century % 10 == 0 && n % 100 < 10) return CardinalWords(n);  // two thousand five
  if (n % 100 == 0) return CardinalWords(century) + " hundred";
  return CardinalWords(century) + ' ' + TwoDigitWords(n % 100);
}

std::string FractionWords(std::uint64_t numerator, std::uint64_t denominator) {
  const std::string top = CardinalWords(numerator);
  if (denominator < 2 || denominator > 100) return top + " over " + CardinalWords(denominator);
  std::string part = denominator == 100 ? "hundredth" : OrdinalWords(denominator);
  if (denominator == 2) part = numerator == 1 ? "half" : "halve";
  if (denominator == 4) part = "quarter";
  return top + ' ' + (numerator == 1 ? part : PluralWords(part));
}

std::string PluralWords(std::string words) {
  if (words.ends_with('x')) return words + "es";
  if (words.ends_with('y')) return words.replace(words.size() - 1, 1, "ies");
  return words + 's';
}

}  // namespace euphone
