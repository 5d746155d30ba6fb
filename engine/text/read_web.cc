#include <algorithm>
#include <array>
#include <string_view>

#include "text/number_words.h"
#include "text/readers.h"

namespace euphone {
namespace {

constexpr std::string_view kTopLevelDomains[] = {"com", "org", "net", "edu", "gov",
                                                 "io",  "uk",  "dev", "app", "info"};

struct AddressSign {
  char symbol;
  std::string_view spoken;
};
constexpr auto kAddressSigns = std::to_array<AddressSign>({
    {'.', "dot"},
    {'/', "slash"},
    {'@', "at"},
    {'-', "dash"},
    {'_', "underscore"},
    {':', "colon"},
    {'?', "question mark"},
    {'=', "equals"},
    {'&', "and"},
    {'#', "hash"},
    {'%', "percent"},
    {'+', "plus"},
    {'~', "tilde"},
});

std::string_view NameOf(const Token& token) {
  for (const AddressSign& name : kAddressSigns) {
    if (token.Is(name.symbol)) return name.spoken;
  }
  return {};
}

bool BelongsToAddress(const Token& token) {
  return token.IsWord() || token.IsDigits() || !NameOf(token).empty();
}

/// Tokens from here to white space or a character that no address has, less closing punctuation.
/// An address begins after one of those, so no text is scanned twice.
std::ptrdiff_t AddressLength(const Reading& reading) {
  if (!reading.at().spaced && BelongsToAddress(reading.at(-1))) return 0;
  std::ptrdiff_t length = 1;
  while (reading.glued(length) && BelongsToAddress(reading.at(length))) ++length;
  while (length > 1 && !reading.at(length - 1).IsWord() && !reading.at(length - 1).IsDigits() &&
         !reading.at(length - 1).Is('/')) {
    --length;
  }
  return length;
}

/// "http://", "https://": the tokens it takes.
std::ptrdiff_t SchemeLength(const Reading& reading) {
  const bool scheme = (reading.at().IsWord("http") || reading.at().IsWord("https")) &&
                      reading.at(1).Is(':') && reading.at(2).Is('/') && reading.at(3).Is('/');
  return scheme ? 4 : 0;
}

/// The host "a.b.com" begins at `begin`: the address has one that we know as such.
bool HasHost(const Reading& reading, std::ptrdiff_t begin, std::ptrdiff_t end) {
  std::ptrdiff_t last = begin;
  bool dot = false;
  for (std::ptrdiff_t i = begin; i < end; ++i) {
    const Token& token = reading.at(i);
    if (token.Is('/') || token.Is(':') || token.Is('?') || token.Is('#')) break;
    if (!token.IsWord() && !token.IsDigits() && !token.Is('.') && !token.Is('-')) return false;
    dot = dot || token.Is('.');
    last = i;
  }
  return dot && reading.at(last).IsWord() && reading.at(last - 1).Is('.') &&
         std::ranges::count(kTopLevelDomains, reading.at(last).lower) > 0;
}

bool IsMail(const Reading& reading, std::ptrdiff_t length) {
  std::ptrdiff_t at_signs = 0;
  bool dot = false;
  for (std::ptrdiff_t i = 1; i + 1 < length; ++i) {
    const Token& token = reading.at(i);
    if (token.Is('@')) ++at_signs;
    if (token.Is('/') || token.Is(':')) return false;
    dot = dot || (at_signs > 0 && token.Is('.'));
  }
  return at_signs == 1 && dot;
}

}  // namespace

bool ReadWeb(Reading& reading) {
  const std::ptrdiff_t length = AddressLength(reading);
  if (length < 3) return false;
  const std::ptrdiff_t scheme = SchemeLength(reading);
  const bool www = reading.at(scheme).IsWord("www") && reading.at(scheme + 1).Is('.');
  if (scheme >= length) return false;
  if (scheme == 0 && !www && !IsMail(reading, length) && !HasHost(reading, 0, length)) return false;

  if (scheme > 0) {
    reading.out().NoteLeftOut(reading.span(0, static_cast<std::size_t>(scheme)),
                              "is not said in an address");
  }
  for (std::ptrdiff_t i = scheme; i < length; ++i) {
    const Token& token = reading.at(i);
    if (token.IsWord() && token.text.size() == 1) {
      reading.Spell(token.lower, i);
    } else if (token.IsWord()) {
      SayWritten(reading, i);
    } else if (token.IsDigits()) {
      const auto value = token.text[0] == '0' ? std::nullopt : SmallNumber(token, 2);
      reading.Say(value ? CardinalWords(*value) : DigitWords(token.text), i);
    } else if (i + 1 < length || !token.Is('/')) {
      reading.Say(NameOf(token), i);
    }
  }
  reading.Advance(static_cast<std::size_t>(length));
  return true;
}

}  // namespace euphone
