#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kClockCues =
    std::to_array<std::string_view>({"at", "before", "by", "till", "until"});
static_assert(std::ranges::is_sorted(kClockCues));

struct Clock {
  std::uint64_t hour = 0;
  std::optional<std::uint64_t> minutes;
  std::optional<std::uint64_t> seconds;
  std::size_t tokens = 1;
  std::size_t meridiem = 0;  ///< Tokens of "a.m.".
};

/// Two digits below sixty at `offset`, glued to what is before them by `separator`.
std::optional<std::uint64_t> SixtiethsAt(const Reading& reading, std::ptrdiff_t offset,
                                         char separator) {
  const bool matches = reading.glued_symbol(offset - 1, separator) &&
                       reading.glued_digits(offset) && reading.at(offset).text.size() == 2 &&
                       reading.at(offset).text[0] < '6';
  return matches ? SmallNumber(reading.at(offset), 2) : std::nullopt;
}

/// "3:30", "1:02:03", "7 am" and, before "am" or "pm", "8.30".
std::optional<Clock> ScanClock(const Reading& reading) {
  const auto hour = SmallNumber(reading.at(), 2);
  if (!hour) return std::nullopt;
  Clock clock{.hour = *hour, .minutes = SixtiethsAt(reading, 2, ':'), .seconds = {}};
  if (clock.minutes) clock.seconds = SixtiethsAt(reading, 4, ':');
  clock.tokens = clock.seconds ? 5 : clock.minutes ? 3 : 1;
  const auto point = SixtiethsAt(reading, 2, '.');
  if (point && MeridiemTokens(reading, 3) > 0) {
    clock.minutes = point;
    clock.tokens = 3;
  }
  const bool ratio = reading.glued_symbol(3, ',') && reading.glued_digits(4);  // "1:50,000"
  if (clock.minutes && ratio) return std::nullopt;
  clock.meridiem = MeridiemTokens(reading, static_cast<std::ptrdiff_t>(clock.tokens));
  const bool twelve_hours = *hour >= 1 && *hour <= 12;
  const bool bare = !clock.minutes || point;
  return bare && (clock.meridiem == 0 || !twelve_hours) ? std::nullopt : std::optional(clock);
}

std::string ClockWords(const Clock& clock) {
  std::string words = CardinalWords(clock.hour);
  if (clock.minutes && (*clock.minutes > 0 || clock.seconds)) {
    words += ' ' + TwoDigitWords(*clock.minutes);
  } else if (clock.meridiem == 0) {
    words += clock.hour >= 1 && clock.hour <= 12 ? " o'clock" : " hundred";
  }
  if (clock.seconds) words += ' ' + TwoDigitWords(*clock.seconds);
  return words;
}

}  // namespace

std::size_t MeridiemTokens(const Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  if (token.IsWord("am") || token.IsWord("pm")) return 1;
  const bool dotted = (token.IsWord("a") || token.IsWord("p")) &&
                      reading.glued_symbol(offset + 1, '.') && reading.glued(offset + 2) &&
                      reading.at(offset + 2).IsWord("m");
  if (!dotted) return 0;
  return reading.glued_symbol(offset + 3, '.') ? 4 : 3;
}

bool ReadTime(Reading& reading) {
  const auto clock = ScanClock(reading);
  if (!clock) return false;
  reading.Say(ClockWords(*clock), 0, clock->tokens);
  if (clock->meridiem > 0) {
    const auto at = static_cast<std::ptrdiff_t>(clock->tokens);
    reading.Spell(reading.at(at).lower[0] == 'a' ? "am" : "pm", at, clock->meridiem);
  }
  reading.Advance(clock->tokens + clock->meridiem);
  if (clock->meridiem > 1) EndAfterAbbreviation(reading);
  return true;
}

bool ReadMilitaryTime(Reading& reading) {
  const Token& digits = reading.at();
  const auto value = SmallNumber(digits, 4);
  const bool hours = reading.at(1).spaced && reading.at(1).IsWord("hours");
  if (!value || digits.text.size() != 4 || !hours || reading.at(-1).Is('.')) return false;
  const bool cue = digits.text[0] == '0' || In(kClockCues, reading.at(-1).lower);
  const std::uint64_t hour = *value / 100;
  const std::uint64_t minutes = *value % 100;
  if (!cue || hour > 24 || minutes > 59) return false;
  const std::string words = hour == 0 ? "zero" : TwoDigitWords(hour);
  reading.Say(words + ' ' + (minutes == 0 ? "hundred" : TwoDigitWords(minutes)));
  reading.Advance();
  return true;
}

}  // namespace euphone
