#include <array>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kMeasured =
    std::to_array<std::string_view>({"by", "deep", "high", "long", "tall", "thick", "wide", "x"});
static_assert(std::ranges::is_sorted(kMeasured));

constexpr std::string_view kPrime = "\u2032";

/// The mark """ of inches or seconds is at `offset`. In an open quotation only a true double prime
/// is one.
bool IsDoublePrime(const Reading& reading, std::ptrdiff_t offset) {
  return reading.glued_symbol(offset, '"') &&
         (!reading.quote_open() || reading.original(reading.at(offset)) == "\u2033");
}

/// The same, also written "''", after feet or minutes: the tokens it takes.
std::size_t DoublePrimeTokens(const Reading& reading, std::ptrdiff_t offset) {
  if (reading.glued_symbol(offset, '\'') && reading.glued_symbol(offset + 1, '\'')) return 2;
  return IsDoublePrime(reading, offset) ? 1 : 0;
}

/// Advances past what was said; a double prime is no quotation mark.
void AdvancePast(Reading& reading, std::size_t tokens) {
  const bool open = reading.quote_open();
  reading.Advance(tokens);
  if (reading.quote_open() != open) reading.ToggleQuote();
}

/// "5'10"", "5′ 10″"
bool ReadFeetAndInches(Reading& reading, std::uint64_t feet) {
  const auto inches = SmallNumber(reading.at(2), 2);
  if (!reading.glued_symbol(1, '\'') || !inches || *inches > 11) return false;
  const std::size_t mark = DoublePrimeTokens(reading, 3);
  if (reading.at(2).spaced && mark == 0) return false;
  reading.Say(CardinalWords(feet) + " foot " + CardinalWords(*inches), 0, 3 + mark);
  AdvancePast(reading, 3 + mark);
  return true;
}

/// "6' tall", "6′": an apostrophe after a number is rarely feet.
bool IsFootMark(const Reading& reading, std::ptrdiff_t offset) {
  if (!reading.glued_symbol(offset, '\'')) return false;
  const bool measured =
      reading.at(offset + 1).spaced && In(kMeasured, reading.at(offset + 1).lower);
  return measured || reading.original(reading.at(offset)) == kPrime;
}

struct Bearing {
  std::string_view written;
  std::string_view spoken;
};
constexpr auto kBearings =
    std::to_array<Bearing>({{"N", "north"}, {"S", "south"}, {"E", "east"}, {"W", "west"}});

std::string_view BearingWord(const Token& token) {
  for (const Bearing& point : kBearings) {
    if (token.IsWord() && token.text == point.written) return point.spoken;
  }
  return {};
}

/// A number and its mark within an angle: "26′", "46.5″", with how many tokens.
struct Part {
  std::string words;
  std::size_t tokens = 0;
};
Part MinutesAt(const Reading& reading, std::ptrdiff_t offset) {
  const auto minutes = SmallNumber(reading.at(offset), 2);
  const bool double_mark = reading.glued_symbol(offset + 2, '\'');
  if (!minutes || *minutes > 59 || !reading.glued_symbol(offset + 1, '\'') || double_mark)
    return {};
  return {CardinalWords(*minutes) + (*minutes == 1 ? " minute" : " minutes"), 2};
}
Part SecondsAt(const Reading& reading, std::ptrdiff_t offset) {
  const auto seconds = ScanNumber(reading, offset);
  const std::size_t mark =
      seconds ? DoublePrimeTokens(reading, offset + Signed(seconds->tokens)) : 0;
  if (mark == 0) return {};
  return {seconds->Words() + (seconds->IsOne() ? " second" : " seconds"), seconds->tokens + mark};
}

}  // namespace

bool ReadAngle(Reading& reading) {
  const auto number = ScanNumber(reading);
  if (!number || !reading.at(Signed(number->tokens)).Is(mark::kDegree)) return false;
  std::size_t tokens = number->tokens + 1;
  std::string words = number->Words() + (number->IsOne() ? " degree" : " degrees");
  const Part minutes = MinutesAt(reading, Signed(tokens));
  tokens += minutes.tokens;
  const Part seconds = minutes.tokens > 0 ? SecondsAt(reading, Signed(tokens)) : Part{};
  tokens += seconds.tokens;
  const std::string_view compass = BearingWord(reading.at(Signed(tokens)));
  if (minutes.tokens == 0 && compass.empty()) return false;
  for (const std::string_view part :
       {std::string_view(minutes.words), std::string_view(seconds.words), compass}) {
    if (!part.empty()) words += ' ' + std::string(part);
  }
  if (!compass.empty()) ++tokens;
  reading.Say(words, 0, tokens);
  AdvancePast(reading, tokens);
  return true;
}

bool ReadInchMark(Reading& reading, bool one) {
  if (!IsDoublePrime(reading, 0)) return false;
  reading.Say(one ? "inch" : "inches");
  AdvancePast(reading, 1);
  return true;
}

bool ReadLength(Reading& reading) {
  const auto value = SmallNumber(reading.at(), 3);
  if (!value) return false;
  if (ReadFeetAndInches(reading, *value)) return true;
  const bool one = *value == 1 || FollowsArticle(reading);
  if (!IsFootMark(reading, 1)) return false;
  reading.Say(CardinalWords(*value) + (one ? " foot" : " feet"), 0, 2);
  reading.Advance(2);
  return true;
}

}  // namespace euphone
