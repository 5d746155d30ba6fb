#include <string>
#include <string_view>

#include "text/abbreviation_table.h"
#include "text/number_words.h"
#include "text/readers.h"
#include "text/roman_numeral.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr std::string_view kVowels = "aeiouy";

bool HasVowel(std::string_view lower) {
  return lower.find_first_of(kVowels) != std::string_view::npos;
}

/// "mp3", "4K", "AK-47".
bool TouchesDigits(const Reading& reading, std::ptrdiff_t offset) {
  const bool hyphen = reading.glued_symbol(offset + 1, '-');
  return reading.glued_digits(offset + (hyphen ? 2 : 1)) ||
         (reading.glued(offset) && reading.at(offset - 1).IsDigits());
}

/// "AT&T", "Q&A".
bool TouchesAmpersand(const Reading& reading, std::ptrdiff_t offset) {
  return reading.glued_symbol(offset + 1, '&') ||
         (reading.glued(offset) && reading.at(offset - 1).Is('&'));
}

/// "A" is the letter in "vitamin A", "A-level", "A+", "Q&A"; else the article.
bool IsLetterA(const Reading& reading, std::ptrdiff_t offset) {
  const bool capital = reading.at(offset).text[0] == 'A' && !reading.caseless();
  const bool sign = reading.glued_symbol(offset + 1, '-') || reading.glued_symbol(offset + 1, '+');
  return capital && (sign || TouchesAmpersand(reading, offset) ||
                     In(kLetterCues, reading.at(offset - 1).lower));
}

bool IsSpelled(const Reading& reading, std::ptrdiff_t offset, std::string_view text,
               std::string_view lower) {
  const bool at_digits = TouchesDigits(reading, offset);
  if (lower == "i") return at_digits;
  if (lower == "a") return at_digits || IsLetterA(reading, offset);
  if (lower.size() == 1 || In(kSpelled, lower)) return true;
  const bool vowel = HasVowel(lower);
  const bool capitals = Reading::AllCapitals(text);
  if (at_digits && ((capitals && lower.size() == 2) || (!vowel && lower.size() <= 3))) return true;
  if (!capitals) return false;
  if (lower.size() == 2 && TouchesAmpersand(reading, offset)) return true;
  if (!vowel) return !In(kVowellessWords, lower);
  const bool shouted = Reading::AllCapitals(reading.at(offset - 1).text) ||
                       Reading::AllCapitals(reading.at(offset + 1).text);
  return !reading.caseless() && !shouted && In(kSpelledInCapitals, lower);
}

bool ReadInline(Reading& reading) {
  const Token& token = reading.at();
  if (token.kind != TokenKind::kInline) return false;
  std::string phones;
  for (char c : token.pronunciation) {
    if (c == ' ' || c == '\n') {
      if (phones.back() != ' ') phones.push_back(' ');
    } else {
      phones.push_back(IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  reading.out().AddWord(
      {.text = std::string(token.lower), .span = token.span, .inline_pronunciation = phones});
  reading.Advance();
  return true;
}

/// "re-enter", "co-author", "e-mail": no lexicon lists the parts as words of that sound.
bool ReadJoinedPrefix(Reading& reading) {
  const Token& prefix = reading.at();
  const Token& rest = reading.at(2);
  if (!reading.glued_symbol(1, '-') || !reading.glued(2) || !reading.lower_case(rest)) return false;
  const std::string_view p = prefix.lower;
  const std::string_view r = rest.lower;
  const bool joins = p == "un" || p == "de" ||
                     (p == "re" && kVowels.find(r.front()) != std::string_view::npos) ||
                     (p == "co" && r.size() > 3) || (p == "e" && r.starts_with("mail"));
  if (!joins) return false;
  reading.Say(std::string(p) + std::string(r), 0, 3);
  reading.Advance(3);
  return true;
}

/// "w/", "w/o", "c/o", "cup o' tea", "4x4".
bool ReadShorthand(Reading& reading) {
  const Token& token = reading.at();
  const bool slash = token.spaced && reading.glued_symbol(1, '/');
  const bool o = slash && reading.glued(2) && reading.at(2).IsWord("o");
  const auto say = [&](std::string_view words, std::size_t tokens) {
    reading.Say(words, 0, tokens);
    reading.Advance(tokens);
    return true;
  };
  if (o && token.text == "w") return say("without", 3);
  if (o && token.text == "c") return say("care of", 3);
  if (slash && token.text == "w") return say("with", 2);
  if (token.text == "o" && reading.glued_symbol(1, '\'') && reading.at(2).IsWord() &&
      reading.at(2).spaced && !reading.at(-1).Is('\'')) {
    return say("of", 2);
  }
  const bool by = token.lower == "x" && reading.at(-1).IsDigits() && reading.at(1).IsDigits();
  return by && say("by", 1);
}

}  // namespace

bool IsSpelledPlural(std::string_view lower) {
  const std::string_view stem = lower.substr(0, lower.size() - 1);
  return lower.size() >= 3 && lower.back() == 's' && !HasVowel(stem) && In(kSpelled, stem);
}

void SayWritten(Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  for (const Replacement& replacement : kAlwaysReplaced) {
    if (token.lower == replacement.written) return reading.Say(replacement.spoken, offset);
  }
  std::string_view text = token.text;
  std::string_view lower = token.lower;
  const bool possessive = lower.ends_with("'s");
  const std::size_t stem = lower.size() - 1;
  const bool capital_stem = text.back() == 's' && Reading::AllCapitals(text.substr(0, stem));
  const bool plural = !possessive && (IsSpelledPlural(lower) || (capital_stem && stem >= 2));
  const std::size_t ending = possessive ? 2 : plural ? 1 : 0;
  text.remove_suffix(ending);
  lower.remove_suffix(ending);
  if (IsSpelled(reading, offset, text, lower)) {
    reading.Spell(std::string(lower) + (ending > 0 ? "'s" : ""), offset);
  } else {
    reading.Say(token.lower, offset);
  }
}

bool ReadWord(Reading& reading) {
  if (ReadInline(reading) || ReadJoinedPrefix(reading) || ReadShorthand(reading)) return true;
  SayWritten(reading);
  reading.Advance();
  return true;
}

bool ReadRomanNumeral(Reading& reading) {
  const Token& token = reading.at();
  std::string_view numeral = token.text;
  const bool possessive = numeral.ends_with("'s");
  if (possessive) numeral.remove_suffix(2);
  const auto value = RomanValue(numeral);
  const Token& before = reading.at(-1);
  if (!value || !before.IsWord()) return false;

  const bool cue = In(kNumeralCues, before.lower);
  const bool regnal = reading.capitalized(before) && In(kRegnalNames, before.lower);
  const bool small = numeral.find_first_not_of("IVX") == std::string_view::npos && *value < 40;
  if (numeral.size() == 1) {
    const Token& next = reading.at(1);
    const bool verb = next.IsWord("of") || next.IsWord("was") || next.IsWord("became") ||
                      next.IsWord("died") || next.IsWord("ruled") || next.IsWord("reigned");
    const bool pronoun = numeral == "I" && (next.IsWord() && !(regnal && verb));
    if (!small || pronoun || !(cue || regnal) || !reading.capitalized(before)) return false;
  } else {
    const bool titled = small && !reading.caseless() && reading.capitalized(before);
    if (!cue && !regnal && !titled) return false;
  }
  std::string words = regnal && !cue ? "the " + OrdinalWords(*value) : CardinalWords(*value);
  if (possessive) words += "'s";
  reading.Say(words);
  reading.Advance();
  return true;
}

}  // namespace euphone
