#include "text/reading.h"

#include <algorithm>
#include <charconv>

#include "text/number_words.h"

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
    number.whole = reading.at(next++).text;
    for (std::size_t groups = 1;
         groups < kMostGroups && number.whole.size() <= 3 * groups && number.whole[0] != '0' &&
         reading.glued_symbol(next, ',') && reading.glued_digits(next + 1) &&
         reading.at(next + 1).text.size() == 3;
         ++groups) {
      number.whole += reading.at(next + 1).text;
      number.grouped = true;
      next += 2;
    }
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
