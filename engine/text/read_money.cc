#include <array>
#include <string>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kMoneyNouns =
    std::to_array<std::string_view>({"bill", "bills", "coin", "coins", "note", "notes"});
static_assert(std::ranges::is_sorted(kMoneyNouns));

struct Amount {
  ScannedNumber number;
  std::string_view scale;  ///< "million" or empty.
  std::size_t tokens = 0;
};

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
    const auto digit = [&](std::size_t at) {
      return static_cast<std::uint64_t>(number.fraction[at] - '0');
    };
    const std::uint64_t cents = digit(0) * 10 + digit(1);
    std::string small = Counted(cents, currency.cent, currency.cents);
    std::string large = Counted(*units, currency.singular, currency.plural);
    if (cents == 0) return large;
    return *units == 0 ? small : large + " and " + small;
  }
  const bool one = attributive || (number.IsOne() && amount.scale.empty());
  return AmountWords(amount) + ' ' + std::string(one ? currency.singular : currency.plural);
}

/// "3.50", but not "1.5 million".
bool HasCents(const Amount& amount) {
  return !amount.number.fraction.empty() && amount.scale.empty();
}

bool IsDash(const Token& token) { return token.Is('-') || token.Is(mark::kEnDash); }

/// "$5-10", "$5–$10 million": the end of the range after the first amount.
std::optional<Amount> ScanRangeEnd(const Reading& reading, std::ptrdiff_t offset,
                                   const Currency& currency) {
  if (!IsDash(reading.at(offset)) || !reading.glued(offset) || !reading.glued(offset + 1)) {
    return std::nullopt;
  }
  const auto again = FindCurrency(reading, offset + 1);
  const bool repeated = again && again->currency == &currency;
  const std::ptrdiff_t skipped = 1 + (repeated ? Signed(again->tokens) : 0);
  auto amount = ScanAmount(reading, offset + skipped);
  if (!amount || HasCents(*amount)) return std::nullopt;
  amount->tokens += static_cast<std::size_t>(skipped);
  return amount;
}

void SayMoney(Reading& reading, const std::string& words, std::size_t tokens) {
  reading.Say(words, 0, tokens);
  reading.Advance(tokens);
  reading.Advance(SayPer(reading, 0));  // "$5/hour"
}

/// "a $10 tip", "five $20 bills"
bool IsAttributive(const Reading& reading, std::ptrdiff_t end) {
  return FollowsArticle(reading) || In(kMoneyNouns, reading.at(end).lower);
}

/// "$5", "US$3 million", "EUR 20", "$5-10"
bool ReadSignFirst(Reading& reading, const FoundCurrency& sign) {
  const auto amount = ScanAmount(reading, Signed(sign.tokens));
  if (!amount) return false;
  const Currency& currency = *sign.currency;
  const std::size_t tokens = sign.tokens + amount->tokens;
  const auto end = ScanRangeEnd(reading, Signed(tokens), currency);
  const bool shared_scale = end && !end->scale.empty() && end->number.fraction.empty();
  if (end && amount->scale.empty() && (amount->number.fraction.empty() || shared_scale)) {
    SayMoney(reading,
             AmountWords(*amount) + " to " + AmountWords(*end) + ' ' + std::string(currency.plural),
             tokens + end->tokens);
  } else {
    SayMoney(reading, MoneyWords(*amount, currency, IsAttributive(reading, Signed(tokens))),
             tokens);
  }
  return true;
}

}  // namespace

bool ReadMoney(Reading& reading) {
  if (const auto sign = FindCurrency(reading, 0)) return ReadSignFirst(reading, *sign);
  const auto amount = ScanAmount(reading, 0);
  if (!amount) return false;
  const std::ptrdiff_t at = Signed(amount->tokens);
  const auto sign = FindCurrency(reading, at);
  if (!sign) return false;
  const std::ptrdiff_t after = at + Signed(sign->tokens);
  const bool spaced = reading.at(at).spaced;
  const bool opens_next = reading.glued(after) && !reading.at(after).EndsText() &&
                          (reading.at(after).IsDigits() || reading.at(after).Is('.'));
  const bool code = reading.at(at).IsWord();
  const bool other_amount = code ? reading.at(after).IsDigits() : spaced && opens_next;
  if (other_amount && spaced) return false;  // "5 $10 bills"
  SayMoney(reading, MoneyWords(*amount, *sign->currency, FollowsArticle(reading)),
           static_cast<std::size_t>(after));
  return true;
}

}  // namespace euphone
