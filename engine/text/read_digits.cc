#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"

namespace euphone {
namespace {

std::ptrdiff_t Signed(std::size_t count) { return static_cast<std::ptrdiff_t>(count); }

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

/// "(555) 123-4567"
bool ReadAreaCode(Reading& reading) {
  const bool matches =
      reading.at().Is('(') && reading.glued_digits(1) && reading.at(1).text.size() == 3 &&
      reading.glued_symbol(2, ')') && reading.at(3).IsDigits() && reading.at(3).text.size() == 3 &&
      reading.glued_symbol(4, '-') && reading.glued_digits(5) && reading.at(5).text.size() == 4;
  if (!matches) return false;
  for (std::ptrdiff_t offset : {1, 3, 5}) SayDigits(reading, offset);
  reading.Advance(6);
  return true;
}

/// "+1 555 123 4567", "+44-20-7946-0958"
bool ReadInternational(Reading& reading) {
  constexpr int kMostGroups = 6;
  if (!reading.at().Is('+') || !reading.glued_digits(1)) return false;
  int groups = 1;
  std::ptrdiff_t end = 2;
  for (; groups < kMostGroups; ++groups) {
    const bool hyphen = reading.glued_symbol(end, '-') && reading.glued_digits(end + 1);
    if (!hyphen && !reading.at(end).IsDigits()) break;
    end += hyphen ? 2 : 1;
  }
  if (groups < 3) return false;
  reading.Say("plus");
  for (std::ptrdiff_t offset = 1; offset < end; ++offset) {
    if (reading.at(offset).IsDigits()) SayDigits(reading, offset);
  }
  reading.Advance(static_cast<std::size_t>(end));
  return true;
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

bool IsNumberStart(const Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  return token.IsDigits() || FindCurrency(token) != nullptr ||
         (token.Is('.') && reading.glued_digits(offset + 1));
}

/// A number, or a number with what is glued to it ("5km", "9am", "50%"), is before the current one.
bool FollowsNumber(const Reading& reading) {
  const Token& before = reading.at(-1);
  return before.IsDigits() || before.Is('%') || before.Is(mark::kDegree) ||
         FindCurrency(before) != nullptr ||
         (before.IsWord() && !before.spaced && reading.at(-2).IsDigits()) ||
         (before.Is('.') && !before.spaced && reading.at(-2).IsWord("m"));  // "9 a.m.-5 p.m."
}

/// "Mon.-Fri.", "May–July"
bool IsCalendarRange(const Reading& reading) {
  const Token& before = reading.at(reading.at(-1).Is('.') ? -2 : -1);
  return reading.glued(0) && reading.glued(1) && IsCalendarName(before) &&
         IsCalendarName(reading.at(1));
}

bool ReadDash(Reading& reading) {
  const bool hyphen = reading.at().Is('-');
  if (!hyphen && !reading.at().Is(mark::kEnDash)) return false;
  if (IsCalendarRange(reading)) {
    reading.Say("to");
    reading.Advance();
    return true;
  }
  if (!IsNumberStart(reading, 1)) return false;
  const bool both_spaced = reading.at().spaced && reading.at(1).spaced;
  if (FollowsNumber(reading) && (both_spaced || (reading.glued(0) && reading.glued(1)))) {
    const bool difference = hyphen && both_spaced && reading.at(2).Is('=');
    const bool even = reading.glued(0) && reading.at(-1).text == reading.at(1).text;  // "50-50"
    if (!even) reading.Say(difference ? "minus" : "to");
    reading.Advance();
    return true;
  }
  const Token& before = reading.at(-1);
  const bool starts =
      reading.at().spaced || before.Is('(') || before.Is('[') || before.Is('"') || before.Is('=');
  if (!hyphen || !starts || !reading.glued(1)) return false;
  reading.Say("minus");
  reading.Advance();
  return true;
}

bool ReadPower(Reading& reading) {
  if (!reading.at().Is('^')) return false;
  const std::ptrdiff_t digits = reading.glued_symbol(1, '-') ? 2 : 1;
  const auto power =
      reading.glued_digits(digits) ? SmallNumber(reading.at(digits), 9) : std::nullopt;
  if (!power) return false;
  const auto tokens = static_cast<std::size_t>(digits) + 1;
  const Token& base = reading.at(-1);
  const bool has_base = reading.glued(0) && (base.IsDigits() || base.Is(')') ||
                                             (base.IsWord() && base.text.size() == 1));
  if (!has_base) {
    reading.out().NoteLeftOut(reading.span(0, tokens), "is a raised number");
  } else if (digits == 1 && (*power == 2 || *power == 3)) {
    reading.Say(*power == 2 ? "squared" : "cubed", 0, tokens);
  } else {
    const std::string words = (digits == 2 ? "minus " : "") + CardinalWords(*power);
    reading.Say("to the power of " + words, 0, tokens);
  }
  reading.Advance(tokens);
  return true;
}

}  // namespace

bool ReadPhone(Reading& reading) {
  if (ReadAreaCode(reading) || ReadInternational(reading)) return true;
  if (!reading.at().IsDigits()) return false;
  if (ReadPointGroups(reading)) return true;
  const std::size_t groups = CountGroups(reading, '-');
  const bool local = groups == 2 && reading.at().text.size() == 3 && reading.at(2).text.size() == 4;
  const bool spaced = groups == 1 && HasLengths(reading, 1, 3, 3, 4);
  if (groups < 3 && !local && !spaced) return false;
  const std::size_t tokens = spaced ? 3 : 2 * groups - 1;
  for (std::size_t offset = 0; offset < tokens; offset += spaced ? 1 : 2) {
    SayDigits(reading, Signed(offset));
  }
  reading.Advance(tokens);
  return true;
}

bool ReadNumberSign(Reading& reading) {
  if (ReadDash(reading) || ReadPower(reading)) return true;
  const bool between = FollowsNumber(reading) && IsNumberStart(reading, 1);
  if (!between) return false;
  const Token& token = reading.at();
  if (token.Is(':') && reading.glued(0) && reading.glued(1)) {
    reading.Say("to");
  } else if (token.Is('*')) {
    reading.Say("times");
  } else if (token.Is('<')) {
    reading.Say("is less than");
  } else if (token.Is('>')) {
    reading.Say("is greater than");
  } else if (token.Is('/') && reading.glued(0)) {
    reading.Say("slash");
  } else {
    return false;
  }
  reading.Advance();
  return true;
}

}  // namespace euphone
