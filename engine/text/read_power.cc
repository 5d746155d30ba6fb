#include <optional>
#include <string>
#include <string_view>

#include "text/number_words.h"
#include "text/readers.h"

namespace euphone {
namespace {

/// "10", "x" or a bracket is before the '^'.
bool IsBase(const Reading& reading) {
  const Token& base = reading.at(-1);
  return reading.glued(0) &&
         (base.IsDigits() || base.Is(')') || (base.IsWord() && base.text.size() == 1));
}

/// "mc²"
bool IsProduct(const Reading& reading) {
  const Token& base = reading.at(-1);
  return reading.glued(0) && base.IsWord() && base.text.size() == 2 &&
         base.lower.find_first_of("aeiouy") == std::string_view::npos;
}

/// "x^n"
bool ReadLetterPower(Reading& reading) {
  const Token& power = reading.at(1);
  if (!IsBase(reading) || power.spaced || !power.IsWord() || power.text.size() != 1) return false;
  reading.Say("to the power of");
  reading.Spell(power.lower, 1);
  reading.Advance(2);
  return true;
}

}  // namespace

bool ReadPower(Reading& reading) {
  if (!reading.at().Is('^')) return false;
  if (ReadLetterPower(reading)) return true;
  const std::ptrdiff_t digits = reading.glued_symbol(1, '-') ? 2 : 1;
  const auto power =
      reading.glued_digits(digits) ? SmallNumber(reading.at(digits), 9) : std::nullopt;
  if (!power) return false;
  const auto tokens = static_cast<std::size_t>(digits) + 1;
  if (!IsBase(reading) && !IsProduct(reading)) {
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

}  // namespace euphone
