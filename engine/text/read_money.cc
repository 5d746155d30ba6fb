#include <string>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"

namespace euphone {
namespace {

struct Amount {
  ScannedNumber number;
  std::string_view scale;  ///< "million" or empty.
  std::size_t tokens = 0;
};

std::ptrdiff_t Signed(std::size_t count) { return static_cast<std::ptrdiff_t>(count); }

std::optional<Amount> ScanAmount(const Reading& reading, std::ptrdiff_t offset) {
  auto number = ScanNumber(reading, offset);
  if (!number) return std::nullopt;
  Amount amount{.number = *number, .scale = {}, .tokens = number->tokens};
  std::ptrdiff_t next = offset + Signed(number->tokens);
  const bool hyphen = reading.glued_symbol(next, '-') && reading.glued(next + 1);
  if (hyphen) ++next;
  const Token& token = reading.at(next);
  if (!token.IsWord()) return amount;
  for (const Scale& scale : kScaleWords) {
    const bool matches = scale.word ? token.lower == scale.written
                                    : !token.spaced && !hyphen && token.text == scale.written;
    if (!matches) continue;
    amount.scale = scale.spoken;
    amount.tokens += hyphen ? 2 : 1;
    break;
  }
  return amount;
}

std::string Counted(std::uint64_t n, std::string_view singular, std::string_view plural) {
  return CardinalWords(n) + ' ' + std::string(n == 1 ? singular : plural);
}

std::string AmountWords(const Amount& amount) {
  std::string words = amount.number.Words();
  if (!amount.scale.empty()) words += ' ' + std::string(amount.scale);
  return words;
}

/// `attributive` as in "a $10 tip": "ten dollar".
std::string MoneyWords(const Amount& amount, const Currency& currency, bool attributive) {
  const ScannedNumber& number = amount.number;
  ScannedNumber whole{.whole = number.whole.empty() ? "0" : number.whole, .fraction = {}};
  const auto units = whole.integer();
  if (amount.scale.empty() && number.fraction.size() == 2 && !currency.cents.empty() && units) {
    const auto cents =
        static_cast<std::uint64_t>((number.fraction[0] - '0') * 10 + (number.fraction[1] - '0'));
    const std::string small = Counted(cents, currency.cent, currency.cents);
    const std::string large = Counted(*units, currency.singular, currency.plural);
    if (cents == 0) return large;
    return *units == 0 ? small : large + " and " + small;
  }
  const bool one = attributive || (number.IsOne() && amount.scale.empty());
  return AmountWords(amount) + ' ' + std::string(one ? currency.singular : currency.plural);
}

bool IsDash(const Token& token) { return token.Is('-') || token.Is(mark::kEnDash); }

/// "$5-10", "$5–$10 million": the end of the range after the first amount.
std::optional<Amount> ScanRangeEnd(const Reading& reading, std::ptrdiff_t offset,
                                   const Currency& currency) {
  if (!IsDash(reading.at(offset)) || !reading.glued(offset) || !reading.glued(offset + 1)) {
    return std::nullopt;
  }
  const bool repeated = reading.at(offset + 1).Is(currency.symbol);
  const std::ptrdiff_t skipped = repeated ? 2 : 1;
  auto amount = ScanAmount(reading, offset + skipped);
  if (!amount || !amount->number.fraction.empty()) return std::nullopt;
  amount->tokens += static_cast<std::size_t>(skipped);
  return amount;
}

void SayMoney(Reading& reading, const std::string& words, std::size_t tokens) {
  reading.Say(words, 0, tokens);
  reading.Advance(tokens);
  reading.Advance(SayUnit(reading, 0, true));  // "$5/hour"
}

}  // namespace

bool ReadMoney(Reading& reading) {
  if (const Currency* currency = FindCurrency(reading.at())) {
    const auto amount = ScanAmount(reading, 1);
    if (!amount) return false;
    const std::size_t tokens = 1 + amount->tokens;
    const auto end = ScanRangeEnd(reading, Signed(tokens), *currency);
    if (end && amount->scale.empty() && amount->number.fraction.empty()) {
      SayMoney(
          reading,
          AmountWords(*amount) + " to " + AmountWords(*end) + ' ' + std::string(currency->plural),
          tokens + end->tokens);
    } else {
      const bool attributive = reading.at(-1).IsWord("a") || reading.at(-1).IsWord("an");
      SayMoney(reading, MoneyWords(*amount, *currency, attributive), tokens);
    }
    return true;
  }
  const auto amount = ScanAmount(reading, 0);
  if (!amount) return false;
  const Token& symbol = reading.at(Signed(amount->tokens));
  const Currency* currency = FindCurrency(symbol);
  if (currency == nullptr || (symbol.spaced && currency->symbol != mark::kEuro)) return false;
  SayMoney(reading, MoneyWords(*amount, *currency, false), amount->tokens + 1);
  return true;
}

}  // namespace euphone
