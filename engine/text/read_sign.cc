#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "text/quantity.h"
#include "text/readers.h"
#include "text/roman_numeral.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kTimes = std::to_array<std::string_view>(
    {"day", "hour", "minute", "month", "night", "person", "second", "week", "year"});
static_assert(std::ranges::is_sorted(kTimes));
constexpr std::string_view kMinusSign = "\u2212";

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
         (before.IsWord() && reading.at(-2).IsDigits() && MeridiemTokens(reading, -1) > 0) ||
         (before.Is('.') && !before.spaced && reading.at(-2).IsWord("m"));  // "9 a.m.-5 p.m."
}

/// "Mon.-Fri.", "May–July", "May 5–June 7"
bool IsCalendarRange(const Reading& reading) {
  const std::ptrdiff_t end = reading.at(-1).Is('.') || reading.at(-1).IsDigits() ? -2 : -1;
  return reading.glued(0) && reading.glued(1) && IsCalendarName(reading.at(end)) &&
         IsCalendarName(reading.at(1));
}

/// "XIX–XX centuries"
bool IsNumeralRange(const Reading& reading) {
  const auto is_numeral = [&](std::ptrdiff_t offset) {
    const std::string_view text = reading.at(offset).text;
    return text.size() > 1 && text.find_first_not_of("IVX") == std::string_view::npos &&
           RomanValue(text).has_value();
  };
  return reading.glued(0) && reading.glued(1) && is_numeral(-1) && is_numeral(1);
}

/// "x" in "x > 5": any letter but "I".
bool IsVariable(const Token& token) {
  return token.IsWord() && token.text.size() == 1 && token.lower != "i";
}

bool IsOperand(const Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  const bool negative = (token.Is('-') || token.Is('+')) && reading.glued_digits(offset + 1);
  return IsNumberStart(reading, offset) || IsVariable(token) || negative || token.Is('(') ||
         token.Is(mark::kRoot);
}

bool FollowsOperand(const Reading& reading) {
  const Token& before = reading.at(-1);
  return FollowsNumber(reading) || IsVariable(before) || before.Is(')');
}

/// "x - 5", "x - y = 2": the letter is in lower case and no article.
bool IsVariableDifference(const Reading& reading) {
  const Token& before = reading.at(-1);
  const Token& next = reading.at(1);
  if (!reading.at().Is('-') || !IsVariable(before) || !reading.lower_case(before)) return false;
  const bool equation = reading.at(-2).Is('=') || reading.at(2).Is('=');
  return before.lower != "a" && (IsNumberStart(reading, 1) || (IsVariable(next) && equation));
}

bool IsDifference(const Reading& reading) {
  const bool both_spaced = reading.at().spaced && reading.at(1).spaced;
  if (reading.original(reading.at()) == kMinusSign) {
    const bool tight = reading.glued(0) && reading.glued(1);
    return (both_spaced || tight) && FollowsOperand(reading) && IsOperand(reading, 1);
  }
  if (!both_spaced) return false;
  return IsVariableDifference(reading) || (reading.at().Is('-') && FollowsNumber(reading) &&
                                           reading.at(1).IsDigits() && reading.at(2).Is('='));
}

/// "10-20", "10 – 20", "1914—1918", "5~10"
bool IsRange(const Reading& reading) {
  if (!IsNumberStart(reading, 1) || !FollowsNumber(reading)) return false;
  const bool tight = reading.glued(0) && reading.glued(1);
  const bool both_spaced = reading.at().spaced && reading.at(1).spaced;
  return tight || (both_spaced && !reading.at().Is(mark::kEmDash));
}

bool IsNegative(const Reading& reading) {
  const Token& before = reading.at(-1);
  const bool starts = reading.at().spaced || before.Is('(') || before.Is('[') || before.Is('"') ||
                      before.Is('=') || before.Is('<') || before.Is('>') || before.Is(',');
  return reading.at().Is('-') && IsNumberStart(reading, 1) && starts && reading.glued(1);
}

/// What a dash between or before numbers and names of the calendar is read as, "" if it is silent
/// there: "50-50".
std::optional<std::string_view> DashWord(const Reading& reading) {
  if (IsCalendarRange(reading) || IsNumeralRange(reading)) return "to";
  if (IsDifference(reading)) return "minus";
  if (IsRange(reading)) {
    const bool even = reading.glued(0) && reading.at(-1).text == reading.at(1).text;
    return even ? "" : "to";
  }
  return IsNegative(reading) ? std::optional<std::string_view>("minus") : std::nullopt;
}

bool ReadDash(Reading& reading) {
  const Token& dash = reading.at();
  if (!dash.Is('-') && !dash.Is(mark::kEnDash) && !dash.Is(mark::kEmDash)) return false;
  const auto word = DashWord(reading);
  if (!word) return false;
  reading.Say(*word);
  reading.Advance();
  return true;
}

struct Comparison {
  std::string_view written;
  std::string_view spoken;
  bool anywhere = false;  ///< Means nothing else, whatever is around it.
};
constexpr auto kComparisons = std::to_array<Comparison>({
    {"<=", "is less than or equal to", true},
    {">=", "is greater than or equal to", true},
    {"!=", "is not equal to", true},
    {"==", "equals"},
    {"<", "is less than"},
    {">", "is greater than"},
    {"~", "is about"},
});

/// "in < 5 minutes", but not "I <3 you", "<1@example.com>" and "> a quoted line".
bool ComparesNumber(const Reading& reading) {
  const Token& before = reading.at(-1);
  const bool opens = reading.glued(1) && (before.EndsText() || before.Is('('));  // "(<1%)"
  const bool sign = reading.at().Is('<') || reading.at().Is('>');
  const bool heart = reading.glued(1) && reading.at(1).text == "3";
  const bool apart = reading.at(1).spaced || reading.at(2).spaced || reading.at(2).Is('%');
  return sign && !heart && apart && (opens || (reading.at().spaced && before.IsWord())) &&
         IsNumberStart(reading, 1) && reading.gap_before(0).find('\n') == std::string_view::npos;
}

/// "x > 5", "5 <= 7", "x != y"
bool ReadComparison(Reading& reading) {
  if (reading.at().kind != TokenKind::kSymbol) return false;
  const bool equals = reading.glued_symbol(1, '=');
  const std::string written = std::string(reading.at().text) + (equals ? "=" : "");
  const std::size_t tokens = equals ? 2 : 1;
  const bool between =
      FollowsOperand(reading) && IsOperand(reading, static_cast<std::ptrdiff_t>(tokens));
  for (const Comparison& comparison : kComparisons) {
    if (written != comparison.written) continue;
    std::string_view words = comparison.spoken;
    if (!between && !comparison.anywhere && !ComparesNumber(reading)) return false;
    if (!FollowsOperand(reading)) words.remove_prefix(words.starts_with("is ") ? 3 : 0);
    reading.Say(words, 0, tokens);
    reading.Advance(tokens);
    return true;
  }
  return false;
}

/// "visitors/year", "3x/day"
bool IsPer(const Reading& reading) {
  const Token& before = reading.at(-1);
  const bool counted = reading.lower_case(before) &&
                       (before.lower.ends_with('s') || (before.lower == "x" && reading.glued(-1)));
  return reading.at().Is('/') && reading.glued(0) && reading.glued(1) && counted &&
         In(kTimes, reading.at(1).lower);
}

/// "4.5/5"
bool IsMark(const Reading& reading) {
  const std::string_view most = reading.at(1).text;
  return reading.glued(1) && reading.glued_symbol(-2, '.') && reading.at(-3).IsDigits() &&
         (most == "5" || most == "10" || most == "100");
}

/// What a sign between two operands is read as: "2:1", "5 * 6", "a * b", "5~10"; else nothing.
std::string_view OperatorWords(const Reading& reading) {
  const Token& token = reading.at();
  const bool numbers = FollowsNumber(reading) && IsNumberStart(reading, 1);
  const bool spaced = token.spaced && reading.at(1).spaced;
  const bool tight = reading.glued(0) && reading.glued(1);
  const bool ratio = token.Is(':') && numbers && tight;
  if (ratio || (reading.original(token) == "~" && IsRange(reading))) return "to";
  if (token.Is('*')) {
    const bool product = spaced && FollowsOperand(reading) && IsOperand(reading, 1);
    return numbers || product ? "times" : "";
  }
  if (IsPer(reading)) return "per";
  if (token.Is('/') && numbers && reading.glued(0)) return IsMark(reading) ? "out of" : "slash";
  return token.Is(mark::kRoot) && IsOperand(reading, 1) ? "the square root of" : "";
}

bool ReadOperator(Reading& reading) {
  const std::string_view words = OperatorWords(reading);
  if (words.empty()) return false;
  reading.Say(words);
  reading.Advance();
  return true;
}

}  // namespace

bool ReadNumberSign(Reading& reading) {
  return ReadDash(reading) || ReadPower(reading) || ReadOperator(reading) ||
         ReadComparison(reading);
}

}  // namespace euphone
