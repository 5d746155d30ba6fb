#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/folded_text.h"
#include "text/number_words.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

struct Name {
  std::string_view full;
  std::string_view abbreviated;
};
constexpr auto kMonths = std::to_array<Name>({
    {"january", "jan"},
    {"february", "feb"},
    {"march", "mar"},
    {"april", "apr"},
    {"may", "may"},
    {"june", "jun"},
    {"july", "jul"},
    {"august", "aug"},
    {"september", "sep"},
    {"october", "oct"},
    {"november", "nov"},
    {"december", "dec"},
});
constexpr auto kWeekdays = std::to_array<Name>({
    {"monday", "mon"},
    {"tuesday", "tue"},
    {"tuesday", "tues"},
    {"wednesday", "wed"},
    {"thursday", "thu"},
    {"thursday", "thur"},
    {"thursday", "thurs"},
    {"friday", "fri"},
    {"saturday", "sat"},
    {"sunday", "sun"},
});
/// Abbreviated weekdays that are words or names too.
constexpr auto kWordWeekdays = std::to_array<std::string_view>({"mon", "sat", "sun", "wed"});
constexpr auto kListWords = std::to_array<std::string_view>({"and", "or", "through", "thru", "to"});
static_assert(std::ranges::is_sorted(kWordWeekdays) && std::ranges::is_sorted(kListWords));
constexpr auto kDateCues =
    std::to_array<std::string_view>({"dated", "due", "on", "since", "until"});
constexpr std::uint64_t kUsualDenominators[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20};

struct Month {
  std::string_view name;
  bool abbreviated;
};

std::optional<Month> FindMonth(const Reading& reading, const Token& token) {
  if (!reading.capitalized(token)) {  // "march" and "may" are words, the others are only months
    const bool clear = token.IsWord() && token.lower.size() > 4 && token.lower != "march";
    if (!clear) return std::nullopt;
  }
  for (const Name& month : kMonths) {
    if (token.lower == month.full) return Month{month.full, false};
    if (token.lower == month.abbreviated) return Month{month.full, true};
  }
  if (token.lower == "sept") return Month{"september", true};
  return std::nullopt;
}

bool IsNameOf(const Token& token, std::span<const Name> names) {
  return token.IsWord() && IsUpper(token.text[0]) &&
         std::ranges::any_of(names, [&](const Name& name) {
           return token.lower == name.full || token.lower == name.abbreviated;
         });
}

/// A month's name that is nothing else: "February", "Aug", but not "May", "Jan" and the APR.
bool IsClearMonth(const Token& token) {
  const bool unclear = token.lower == "may" || token.lower == "march" || token.lower == "jan" ||
                       token.lower == "mar" || Reading::AllCapitals(token.text);
  return !unclear && (IsNameOf(token, kMonths) || (token.text == "Sept"));
}

/// Another name of its kind is beside the current one, which ends before `end`: "Mon-Fri",
/// "Sat and Sun", "Jan/Feb".
bool HasCalendarNeighbor(const Reading& reading, std::ptrdiff_t end) {
  const bool weekday = IsNameOf(reading.at(), kWeekdays);
  const auto pairs = [&](std::ptrdiff_t separator, std::ptrdiff_t name) {
    const Token& between = reading.at(separator);
    const bool tight =
        !between.spaced && (between.Is('-') || between.Is(mark::kEnDash) || between.Is('/'));
    if (!tight && !between.Is(',') && !between.Is('&') && !In(kListWords, between.lower)) {
      return false;
    }
    const Token& other = reading.at(name);
    if (weekday) return IsNameOf(other, kWeekdays);
    return tight ? IsNameOf(other, kMonths) : IsClearMonth(other);
  };
  const std::ptrdiff_t before = reading.at(-2).Is('.') ? -3 : -2;
  return pairs(end, end + 1) || pairs(-1, before);
}

bool IsDay(std::optional<std::uint64_t> day) { return day && *day >= 1 && *day <= 31; }
bool IsMonthNumber(std::optional<std::uint64_t> month) {
  return month && *month >= 1 && *month <= 12;
}

bool SayDate(Reading& reading, std::optional<std::uint64_t> month, std::optional<std::uint64_t> day,
             const Token* year) {
  if (!IsMonthNumber(month) || !IsDay(day)) return false;
  std::string words = std::string(kMonths[*month - 1].full) + ' ' + OrdinalWords(*day);
  if (year != nullptr) {
    const std::uint64_t value = *SmallNumber(*year, 4);
    if (year->text.size() == 4 && value < 1000) return false;
    words += ' ' + (year->text.size() == 4 ? YearWords(value) : ShortYearWords(value));
  }
  const std::size_t tokens = year != nullptr ? 5 : 3;
  reading.Say(words, 0, tokens);
  reading.Advance(tokens);
  return true;
}

/// "7/4" is a date unless it looks like a fraction.
bool ReadMonthSlashDay(Reading& reading) {
  const auto month = SmallNumber(reading.at(), 2);
  const auto day = SmallNumber(reading.at(2), 2);
  const bool chain = reading.glued_symbol(3, '/') || (reading.glued(0) && reading.at(-1).Is('/'));
  if (!month || !day || chain || reading.at(-1).IsDigits() || *month == *day) return false;
  const bool fraction = (*month < *day && std::ranges::count(kUsualDenominators, *day) > 0) ||
                        (*month == 9 && *day == 11);
  if (fraction && !In(kDateCues, reading.at(-1).lower)) return false;
  if (*month == 9 && *day == 11) return false;  // "nine eleven"
  return SayDate(reading, month, day, nullptr);
}

/// "03/2024"
bool ReadMonthSlashYear(Reading& reading) {
  const auto month = SmallNumber(reading.at(), 2);
  const auto year = SmallNumber(reading.at(2), 4);
  const bool chain = reading.glued_symbol(3, '/') || (reading.glued(0) && reading.at(-1).Is('/'));
  if (!IsMonthNumber(month) || !year || *year < 1900 || *year > 2099 || chain) return false;
  reading.Say(std::string(kMonths[*month - 1].full) + ' ' + YearWords(*year), 0, 3);
  reading.Advance(3);
  return true;
}

/// "2024-03-14", with the "T" before a time.
bool ReadIsoDate(Reading& reading) {
  const auto year = SmallNumber(reading.at(), 4);
  const auto month = SmallNumber(reading.at(2), 2);
  const auto day = SmallNumber(reading.at(4), 2);
  if (!year || *year < 1000 || !IsMonthNumber(month) || !IsDay(day)) return false;
  const bool time = reading.glued(5) && reading.at(5).IsWord("t") && reading.glued_digits(6);
  const std::size_t tokens = time ? 6 : 5;
  reading.Say(
      std::string(kMonths[*month - 1].full) + ' ' + OrdinalWords(*day) + ' ' + YearWords(*year), 0,
      tokens);
  reading.Advance(tokens);
  return true;
}

/// A day of the month at `offset`: a bare number from 1 to 31.
std::optional<std::uint64_t> DayAt(const Reading& reading, std::ptrdiff_t offset) {
  const auto day = SmallNumber(reading.at(offset), 2);
  const auto number = ScanNumber(reading, offset);
  const Token& next = reading.at(offset + 1);
  const bool bare = number && number->tokens == 1 &&
                    (next.spaced || !(next.IsWord() || next.Is(':') || next.Is('%') ||
                                      next.Is('/') || next.Is('\'')));
  return IsDay(day) && bare ? day : std::nullopt;
}

/// The ordinals of "5" or "5-7" after a month's name at `offset`: the tokens they take.
std::size_t SayDays(Reading& reading, std::ptrdiff_t offset) {
  const auto day = DayAt(reading, offset);
  if (!day) return 0;
  reading.Say(OrdinalWords(*day), offset);
  const bool dash =
      reading.glued_symbol(offset + 1, '-') || reading.glued_symbol(offset + 1, mark::kEnDash);
  if (!dash || !reading.glued_digits(offset + 2)) return 1;
  const auto last = DayAt(reading, offset + 2);
  if (!last) return 1;
  reading.Say("to", offset + 1);
  reading.Say(OrdinalWords(*last), offset + 2);
  return 3;
}

bool ReadWeekday(Reading& reading) {
  const bool dot = reading.glued_symbol(1, '.');
  const Token& next = reading.at(dot ? 2 : 1);
  if (!reading.capitalized(reading.at())) return false;
  const std::ptrdiff_t end = dot ? 2 : 1;
  for (const Name& day : kWeekdays) {
    if (reading.at().lower != day.abbreviated) continue;
    const bool is_word = In(kWordWeekdays, day.abbreviated);
    const bool star = day.abbreviated == "sun" && reading.at(-1).IsWord("the");
    const bool clear = day.abbreviated != "sat" && day.abbreviated != "sun";
    const bool full_stop = dot && (clear || (reading.lower_case(next) && !star));
    const bool month = next.Is(',') && IsNameOf(reading.at(end + 1), kMonths);
    const bool dated = full_stop || next.IsDigits() || month || (dot && next.Is(','));
    if (is_word && !dated && !HasCalendarNeighbor(reading, end)) return false;
    reading.Say(day.full);
    reading.Advance(dot ? 2 : 1);
    if (dot) EndAfterAbbreviation(reading);
    return true;
  }
  return false;
}

}  // namespace

bool ReadNumericDate(Reading& reading) {
  if (!reading.at().IsDigits() || !reading.glued_digits(2) || !reading.glued(1)) return false;
  const Token& separator = reading.at(1);
  if (!separator.Is('/') && !separator.Is('-') && !separator.Is('.')) return false;
  const char symbol = separator.text[0];
  if (!reading.glued_symbol(3, symbol) || !reading.glued_digits(4)) {
    return symbol == '/' && (ReadMonthSlashDay(reading) || ReadMonthSlashYear(reading));
  }
  const Token& last = reading.at(4);
  const auto a = SmallNumber(reading.at(), 2);
  const auto b = SmallNumber(reading.at(2), 2);
  if (reading.at().text.size() == 4 && symbol != '.') return ReadIsoDate(reading);
  const bool year = last.text.size() == 4 || (symbol == '/' && last.text.size() == 2);
  if (!year) return false;
  if (symbol == '.') return SayDate(reading, b, a, &last);
  return SayDate(reading, a, b, &last) || SayDate(reading, b, a, &last);
}

/// "14-Mar-2024", "1-Jan-24"
bool ReadHyphenedDate(Reading& reading) {
  const auto day = SmallNumber(reading.at(), 2);
  const bool hyphens = reading.glued_symbol(1, '-') && reading.glued(2) &&
                       reading.glued_symbol(3, '-') && reading.glued_digits(4);
  const auto month = hyphens ? FindMonth(reading, reading.at(2)) : std::nullopt;
  const auto year = SmallNumber(reading.at(4), 4);
  const std::size_t length = reading.at(4).text.size();
  if (!IsDay(day) || !month || !year || (length == 4 ? *year < 1000 : length != 2)) return false;
  reading.Say("the " + OrdinalWords(*day) + " of " + std::string(month->name) + ' ' +
                  (length == 4 ? YearWords(*year) : ShortYearWords(*year)),
              0, 5);
  reading.Advance(5);
  return true;
}

bool ReadDayMonth(Reading& reading) {
  if (ReadHyphenedDate(reading)) return true;
  const auto day = DayAt(reading, 0);
  if (!day || !reading.at(1).spaced || !FindMonth(reading, reading.at(1))) return false;
  const bool article = reading.at(-1).IsWord("the");
  reading.Say((article ? "" : "the ") + OrdinalWords(*day) + " of");
  reading.Advance();
  return true;
}

bool ReadMonth(Reading& reading) {
  if (ReadWeekday(reading)) return true;
  const auto month = FindMonth(reading, reading.at());
  if (!month) return false;
  const bool is_full = !month->abbreviated;
  const bool dot = !is_full && reading.glued_symbol(1, '.');
  const std::ptrdiff_t next = dot ? 2 : 1;
  const bool number = reading.at(next).IsDigits() && (dot || reading.at(next).spaced);
  const bool after_number = reading.at(-1).IsDigits() && reading.at().spaced;
  const bool clear = IsClearMonth(reading.at()) || HasCalendarNeighbor(reading, next);
  if (!is_full && !dot && !number && !after_number && !clear) return false;
  if (month->name == "march" && dot && !number && !after_number) return false;  // "Mar." the name

  reading.Say(month->name);
  const std::size_t days = number && !after_number ? SayDays(reading, next) : 0;
  reading.Advance(static_cast<std::size_t>(next) + days);
  if (dot && days == 0) EndAfterAbbreviation(reading);
  return true;
}

bool IsCalendarName(const Token& token) {
  return IsNameOf(token, kMonths) || IsNameOf(token, kWeekdays) || token.text == "Sept";
}

}  // namespace euphone
