#include <string_view>

#include "text/folded_text.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr auto kNoNouns = std::to_array<std::string_view>({
    "and",
    "has",
    "is",
    "means",
    "or",
    "stands",
    "to",
    "was",
});
static_assert(std::ranges::is_sorted(kNoNouns));

bool IsSingleLetter(const Token& token) { return token.IsWord() && token.text.size() == 1; }

/// "a + b", "x = a"
bool IsMathSign(const Token& token) {
  return token.kind == TokenKind::kSymbol &&
         std::string_view("+=<>*^").find(token.text.front()) != std::string_view::npos;
}

/// No article is before a mark of punctuation: "a, e, i", "(a)", "A: Yes", "a. First".
bool PrecedesPunctuation(const Reading& reading, std::ptrdiff_t offset) {
  const Token& next = reading.at(offset + 1);
  if (next.spaced || next.EndsText()) return false;
  if (next.Is('.')) return reading.at(offset + 2).spaced;
  if (next.Is(',')) {  // "a, um, dog"
    return reading.at(offset).text == "A" || IsSingleLetter(reading.at(offset + 2));
  }
  return next.Is(';') || next.Is(':') || next.Is('?') || next.Is(')');
}

/// "the letter "a"", "n/a", "a + b"
bool TouchesSign(const Reading& reading, std::ptrdiff_t offset) {
  const Token& next = reading.at(offset + 1);
  const Token& before = reading.at(offset - 1);
  if (IsMathSign(next) || (IsMathSign(before) && !next.IsWord())) return true;
  if (next.spaced) return false;
  const bool quoted = (next.Is('"') || next.Is('\'')) && reading.glued(offset) &&
                      before.kind == TokenKind::kSymbol && before.text == next.text;
  return quoted ||
         (next.Is('/') && reading.glued(offset + 2) && IsSingleLetter(reading.at(offset + 2)));
}

/// "N/A", "Q&A" from its end.
bool FollowsLetterSign(const Reading& reading, std::ptrdiff_t offset) {
  const Token& sign = reading.at(offset - 1);
  if (!reading.glued(offset)) return false;
  return sign.Is('&') ||
         (sign.Is('/') && reading.glued(offset - 1) && IsSingleLetter(reading.at(offset - 2)));
}

/// "the answer is A because", "from A to Z": an article there would be in lower case. "A is for
/// apple", "the A team": there is none before or after these.
bool IsCapitalInside(const Reading& reading, std::ptrdiff_t offset) {
  const Token& next = reading.at(offset + 1);
  if (In(kNoNouns, next.lower) || reading.at(offset - 1).IsWord("the")) return true;
  const bool title = reading.capitalized(next) && next.text.size() > 1;
  return reading.lower_case(reading.at(offset - 1)) && !title &&
         reading.gap_before(offset).find_first_of("\r\n") == std::string_view::npos;
}

}  // namespace

bool IsLetterA(const Reading& reading, std::ptrdiff_t offset) {
  if (PrecedesPunctuation(reading, offset) || TouchesSign(reading, offset) ||
      FollowsLetterSign(reading, offset)) {
    return true;
  }
  if (reading.at(offset).text[0] != 'A' || reading.caseless()) return false;
  for (const char sign : {'-', '+', '#', '&', '.'}) {
    if (reading.glued_symbol(offset + 1, sign)) return true;
  }
  return In(kLetterCues, reading.at(offset - 1).lower) || IsCapitalInside(reading, offset);
}

bool ReadLetterRange(Reading& reading) {
  const Token& first = reading.at();
  const Token& dash = reading.at(1);
  const Token& last = reading.at(2);
  const bool matches = IsSingleLetter(first) && IsSingleLetter(last) && !dash.spaced &&
                       !last.spaced && first.text[0] < last.text[0] &&
                       IsUpper(first.text[0]) == IsUpper(last.text[0]);
  if (!matches || (!first.spaced && !reading.at(-1).Is('(') && !reading.at(-1).Is('"'))) {
    return false;
  }
  const bool from_a = dash.Is('-') && first.lower == "a" && reading.at(3).lower != "a";
  if (!dash.Is(mark::kEnDash) && !from_a) return false;
  if (!reading.at(3).spaced && (reading.at(3).IsDigits() || reading.at(3).Is('-'))) return false;
  reading.Spell(first.lower);
  reading.Say("to", 1);
  reading.Spell(last.lower, 2);
  reading.Advance(3);
  return true;
}

bool ReadGrade(Reading& reading) {
  const Token& grade = reading.at();
  const bool letter = IsSingleLetter(grade) && grade.text[0] >= 'A' && grade.text[0] <= 'D';
  const Token& after = reading.at(2);
  const bool minus = letter && reading.glued_symbol(1, '-') &&
                     (after.spaced || after.Is('.') || after.Is(',') || after.Is('?'));
  const bool list =
      after.IsWord("and") || after.IsWord("or") || after.IsWord("to");  // "A- and B-levels"
  if (!minus || (after.spaced && list && reading.glued_symbol(4, '-') && reading.glued(5))) {
    return false;
  }
  reading.Spell(grade.lower);
  reading.Say("minus", 1);
  reading.Advance(2);
  return true;
}

}  // namespace euphone
