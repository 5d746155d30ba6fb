#include <algorithm>
#include <string_view>

#include "text/number_words.h"
#include "text/readers.h"

namespace euphone {
namespace {

constexpr std::size_t kMostGroups = 7;
constexpr std::size_t kMostDigits = 11;  // with a leading zero, in most countries

/// How many digit tokens follow each other from here with `separator` between them.
std::size_t CountGroups(const Reading& reading, char separator) {
  std::size_t groups = 1;
  while (reading.glued_symbol(Signed(2 * groups) - 1, separator) &&
         reading.glued_digits(Signed(2 * groups))) {
    ++groups;
  }
  return groups;
}

bool HasLengths(const Reading& reading, std::ptrdiff_t step, std::size_t a, std::size_t b,
                std::size_t c) {
  return reading.at().text.size() == a && reading.at(step).IsDigits() &&
         reading.at(step).text.size() == b && reading.at(2 * step).IsDigits() &&
         reading.at(2 * step).text.size() == c;
}

void SayDigits(Reading& reading, std::ptrdiff_t offset) {
  reading.Say(DigitWords(reading.at(offset).text), offset);
}

/// Says every group of digits among the next tokens and goes past them.
bool SayGroups(Reading& reading, std::ptrdiff_t end) {
  for (std::ptrdiff_t offset = 0; offset < end; ++offset) {
    if (reading.at(offset).IsDigits()) SayDigits(reading, offset);
  }
  reading.Advance(static_cast<std::size_t>(end));
  return true;
}

/// Groups of digits from an offset on, with a space, '-' or '.' between them. A number ends when it
/// has `most_digits`: "+1 212 555 0187 24 hours a day".
struct Groups {
  std::ptrdiff_t end;
  std::size_t count = 0;
  std::size_t digits = 0;
  std::size_t shortest = kMostGroups;
};

Groups ScanGroups(const Reading& reading, std::ptrdiff_t offset, std::size_t most_digits) {
  Groups groups{.end = offset};
  while (groups.count < kMostGroups && groups.digits < most_digits) {
    const bool sign =
        groups.count > 0 && reading.glued(groups.end + 1) &&
        (reading.glued_symbol(groups.end, '-') || reading.glued_symbol(groups.end, '.'));
    const Token& token = reading.at(sign ? groups.end + 1 : groups.end);
    if (!token.IsDigits()) break;
    groups.end += sign ? 2 : 1;
    groups.digits += token.text.size();
    groups.shortest = std::min(groups.shortest, token.text.size());
    ++groups.count;
  }
  return groups;
}

/// "(555)" at `offset`.
bool IsBracketed(const Reading& reading, std::ptrdiff_t offset) {
  return reading.at(offset).Is('(') && reading.glued_digits(offset + 1) &&
         reading.glued_symbol(offset + 2, ')') && reading.at(offset + 1).text.size() <= 5;
}

/// "(555) 123-4567", "(020) 7946 0958"
bool ReadAreaCode(Reading& reading) {
  if (!IsBracketed(reading, 0)) return false;
  const std::string_view code = reading.at(1).text;
  const bool zero = code.size() > 1 && code[0] == '0';
  const Groups groups = ScanGroups(reading, 3, zero ? kMostDigits - code.size() : 7);
  const bool american = code.size() == 3 && groups.count == 2 && groups.digits == 7;
  const bool other = zero && groups.digits >= 6;
  return (american || other) && SayGroups(reading, groups.end);
}

/// "+1 555 123 4567", "+44-20-7946-0958", "+1 (212) 555-0187", "+44 (0)20 7946 0958"
bool ReadInternational(Reading& reading) {
  if (!reading.at().Is('+') || !reading.glued_digits(1)) return false;
  const bool bracket = IsBracketed(reading, 2);
  const bool american = reading.at(1).text == "1";
  const Groups groups = bracket ? ScanGroups(reading, 5, american ? 7 : kMostDigits)
                                : ScanGroups(reading, 1, american ? 11 : kMostDigits + 1);
  if (groups.count + (bracket ? 2 : 0) < 3) return false;
  reading.Say("plus");
  return SayGroups(reading, groups.end);
}

/// "192.168.0.1", "1.2.3", "555.123.4567"
bool ReadPointGroups(Reading& reading) {
  const std::size_t groups = CountGroups(reading, '.');
  if (groups < 3) return false;
  const bool phone = groups == 3 && HasLengths(reading, 2, 3, 3, 4);
  for (std::size_t group = 0; group < groups; ++group) {
    const std::ptrdiff_t offset = Signed(2 * group);
    if (group > 0 && !phone) reading.Say(groups > 3 ? "dot" : "point", offset - 1);
    const auto value = SmallNumber(reading.at(offset), 2);
    if (groups == 3 && !phone && value) {
      reading.Say(CardinalWords(*value), offset);
    } else {
      SayDigits(reading, offset);
    }
  }
  reading.Advance(2 * groups - 1);
  return true;
}

/// "1-800-FLOWERS": the words are read as such.
bool ReadTollFree(Reading& reading) {
  const bool matches = CountGroups(reading, '-') == 2 && reading.at().text == "1" &&
                       reading.at(2).text.size() == 3 && reading.glued_symbol(3, '-') &&
                       reading.glued(4) && reading.capitalized(reading.at(4));
  if (!matches) return false;
  SayDigits(reading, 0);
  const std::string_view code = reading.at(2).text;
  const bool round = code.ends_with("00") && code[0] != '0';
  reading.Say(round ? CardinalWords(*SmallNumber(reading.at(2), 3)) : DigitWords(code), 2);
  reading.Advance(4);
  return true;
}

/// "020 7946 0958", "07700 900123", "555 123-4567", "1234 5678 9012 3456"
bool ReadSpacedGroups(Reading& reading) {
  const bool zero = reading.at().text[0] == '0';
  const Groups groups = ScanGroups(reading, 0, zero ? kMostDigits : 16);
  const bool leading_zero = zero && groups.count > 1 && groups.digits >= 9 && groups.shortest > 1 &&
                            !reading.glued_symbol(1, '.');
  const bool card = groups.count >= 3 && groups.shortest == 4 && groups.digits == 4 * groups.count;
  const bool mixed = groups.count == 3 && groups.end == 4 && reading.glued_symbol(2, '-') &&
                     reading.at(3).text.size() == 4 && reading.at(1).text.size() == 3 &&
                     reading.at().text.size() == 3;
  return (leading_zero || card || mixed) && SayGroups(reading, groups.end);
}

}  // namespace

bool ReadPhone(Reading& reading) {
  if (ReadAreaCode(reading) || ReadInternational(reading)) return true;
  if (!reading.at().IsDigits()) return false;
  if (ReadPointGroups(reading) || ReadTollFree(reading) || ReadSpacedGroups(reading)) return true;
  const std::size_t groups = CountGroups(reading, '-');
  const std::size_t first = reading.at().text.size();
  const bool pair = groups == 2 && reading.at(2).text.size() == 4 &&
                    (first == 3 || first == 5);  // "555-1234", "90210-1234"
  const bool spaced = groups == 1 && HasLengths(reading, 1, 3, 3, 4);
  if (groups < 3 && !pair && !spaced) return false;
  return SayGroups(reading, spaced ? 3 : Signed(2 * groups - 1));
}

}  // namespace euphone
