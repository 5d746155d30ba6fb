#include "text/reading.h"

#include <algorithm>
#include <charconv>

#include "text/number_words.h"
#include "text/readers.h"

namespace euphone {
namespace {

constexpr std::size_t kMostGroups = 6;  // 1,000,000,000,000,000 has six

bool MostlyCapitals(std::span<const Token> tokens) {
  std::size_t words = 0;
  std::size_t capitals = 0;
  for (const Token& token : tokens) {
    if (!token.IsWord() || token.text.size() < 2) continue;
    ++words;
    if (Reading::AllCapitals(token.text)) ++capitals;
  }
  return capitals >= 2 && capitals * 2 > words;
}

/// "1,234,567" and the Indian "12,34,567": how many groups follow the first.
std::size_t CountCommaGroups(const Reading& reading, std::ptrdiff_t offset) {
  const auto size = [&](std::size_t group) -> std::size_t {  // 0 where there is none
    const std::ptrdiff_t digits = offset + Signed(2 * group);
    const bool found = group < kMostGroups && reading.glued_symbol(digits - 1, ',') &&
                       reading.glued_digits(digits);
    return found ? reading.at(digits).text.size() : 0;
  };
  std::size_t pairs = 0;
  while (size(pairs + 1) == 2) ++pairs;
  if (pairs > 0) return reading.at(offset).text.size() <= 2 && size(pairs + 1) == 3 ? pairs + 1 : 0;
  std::size_t groups = 0;
  while (size(groups + 1) == 3) ++groups;
  return groups;
}

/// One space of any width, but no line end.
bool IsSpaceInNumber(std::string_view gap) {
  return gap == " " || gap == "\u00a0" || gap == "\u2007" || gap == "\u2009" || gap == "\u202f";
}

/// "100 200 300" and "99 100": numbers that are counted up, not groups of one.
bool IsCount(const Reading& reading, std::ptrdiff_t offset, std::size_t groups) {
  std::uint64_t step = 0;
  for (std::size_t group = 0; group < groups; ++group) {
    const auto a = SmallNumber(reading.at(offset + Signed(group)), 3);
    const auto b = SmallNumber(reading.at(offset + Signed(group) + 1), 3);
    if (*b <= *a || (group > 0 && *b - *a != step)) return false;
    step = *b - *a;
  }
  return groups == 1 ? step == 1 : step <= 100;
}

/// "1 234 567", if no longer row of digits, date or telephone number is around.
std::size_t CountSpaceGroups(const Reading& reading, std::ptrdiff_t offset) {
  const Token& before = reading.at(offset - 1);
  if (before.IsDigits() || IsCalendarName(before)) return 0;
  std::size_t groups = 0;
  const auto next = [&] { return offset + Signed(groups) + 1; };
  while (groups + 1 < kMostGroups && reading.at(next()).IsDigits() &&
         reading.at(next()).text.size() == 3 && IsSpaceInNumber(reading.gap_before(next()))) {
    ++groups;
  }
  if (groups == 0 || reading.at(next()).IsDigits() || IsCount(reading, offset, groups)) return 0;
  const bool thousands = reading.at(next() - 1).text == "000";
  const bool hyphen = reading.glued_symbol(next(), '-') && reading.glued(next() + 1);
  const bool joined = reading.glued_symbol(next(), '/') || reading.glued_symbol(next(), ':');
  const Token& after = reading.at(next() + 1);
  const bool other = hyphen && (after.IsDigits() ? after.text.size() > 3 : !thousands);
  return joined || other ? 0 : groups;
}

}  // namespace

Reading::Reading(std::span<const Token> tokens, ScriptBuilder& out)
    : tokens_(tokens), out_(out), caseless_(MostlyCapitals(tokens)) {}

const Token& Reading::at(std::ptrdiff_t offset) const {
  const auto last = static_cast<std::ptrdiff_t>(tokens_.size()) - 1;
  const std::ptrdiff_t index = static_cast<std::ptrdiff_t>(position_) + offset;
  return tokens_[static_cast<std::size_t>(index < 0 || index > last ? last : index)];
}

bool Reading::AllCapitals(std::string_view text) {
  return text.size() >= 2 &&
         std::ranges::all_of(text, [](char c) { return IsUpper(c) || c == '\''; });
}

std::string_view Reading::gap_before(std::ptrdiff_t offset) const {
  const std::size_t begin = at(offset - 1).span.end;
  const std::size_t end = at(offset).span.begin;
  return begin < end ? out_.original().substr(begin, end - begin) : std::string_view();
}

void Reading::Say(std::string_view words, std::ptrdiff_t offset, std::size_t count) {
  while (!words.empty()) {
    const std::size_t length = std::min(words.find(' '), words.size());
    out_.AddWord({.text = std::string(words.substr(0, length)),
                  .span = span(offset, count),
                  .inline_pronunciation = {}});
    words.remove_prefix(std::min(length + 1, words.size()));
  }
}

void Reading::Spell(std::string_view letters, std::ptrdiff_t offset, std::size_t count) {
  out_.AddWord({.text = std::string(letters),
                .span = span(offset, count),
                .inline_pronunciation = {},
                .spell_out = true});
}

void Reading::Advance(std::size_t count) {
  for (; count > 0 && !done(); --count, ++position_) {
    const Token& token = at();
    if (token.kind == TokenKind::kParagraph) {
      quote_open_ = false;
      continue;
    }
    if (token.Is('"')) quote_open_ = !quote_open_;
    out_.Cover(token.span);
  }
}

std::optional<std::uint64_t> SmallNumber(const Token& token, std::size_t max_length) {
  if (!token.IsDigits() || token.text.size() > max_length) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
  return value;
}

std::optional<ScannedNumber> ScanNumber(const Reading& reading, std::ptrdiff_t offset) {
  ScannedNumber number;
  std::ptrdiff_t next = offset;
  if (reading.at(next).IsDigits()) {
    number.whole = reading.at(next).text;
    const bool first = number.whole.size() <= 3 && number.whole[0] != '0';
    const std::size_t commas = first ? CountCommaGroups(reading, next) : 0;
    const std::size_t spaces = first && commas == 0 ? CountSpaceGroups(reading, next) : 0;
    const std::ptrdiff_t step = commas > 0 ? 2 : 1;
    for (std::size_t group = 0; group < commas + spaces; ++group) {
      number.whole += reading.at(next += step).text;
      number.grouped = true;
    }
    ++next;
  }
  const bool point = reading.at(next).Is('.') && reading.glued_digits(next + 1) &&
                     (number.whole.empty() || reading.glued(next));
  const bool version = reading.glued_symbol(next + 2, '.') && reading.glued_digits(next + 3);
  if (point && !version) {
    number.fraction = reading.at(next + 1).text;
    next += 2;
  }
  if (next == offset) return std::nullopt;
  number.tokens = static_cast<std::size_t>(next - offset);
  return number;
}

std::optional<std::uint64_t> ScannedNumber::integer() const {
  std::uint64_t value = 0;
  const char* end = whole.data() + whole.size();
  const auto parsed = std::from_chars(whole.data(), end, value);
  const bool fits = parsed.ec == std::errc() && value <= kLargestCardinal;
  return fits && fraction.empty() ? std::optional(value) : std::nullopt;
}

std::string ScannedNumber::Words() const {
  ScannedNumber integral{.whole = whole, .fraction = {}};
  const auto value = integral.integer();
  const bool by_digits = !value || (whole.size() > 1 && whole[0] == '0');
  std::string words = by_digits ? DigitWords(whole) : CardinalWords(*value);
  if (!fraction.empty()) {
    words += words.empty() ? "point " : " point ";
    words += DigitWords(fraction);
  }
  return words;
}

}  // namespace euphone
