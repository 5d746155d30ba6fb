#include <string>
#include <string_view>

#include "text/abbreviation_table.h"
#include "text/readers.h"
#include "text/roman_numeral.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

bool IsSentenceStart(const Reading& reading, std::ptrdiff_t offset) {
  const Token& before = reading.at(offset - 1);
  const Token& earlier = reading.at(offset - 2);
  const bool initial = earlier.IsWord() && earlier.text.size() == 1;  // "N. Main St."
  return before.EndsText() || (before.Is('.') && !initial) || before.Is('!') || before.Is('?') ||
         before.Is('"');
}

/// What is before the current token can be a street's name: "Wall", "5th".
bool FollowsStreetName(const Reading& reading) {
  const Token& name = reading.at(-1);
  if (!name.IsWord() || !reading.at().spaced) return false;
  if (!name.spaced && reading.at(-2).IsDigits()) return true;
  const Token& next = reading.at(1).Is('.') ? reading.at(2) : reading.at(1);
  const bool names_follow = reading.capitalized(next) && next.spaced;
  if (names_follow && (IsSentenceStart(reading, -1) || reading.caseless())) return false;
  return reading.capitalized(name) && !In(kNoStreetNames, name.lower);
}

/// The sentence goes on after a full stop at `offset` - 1: a lower-case word or a number follows.
bool GoesOn(const Reading& reading, std::ptrdiff_t offset) {
  const Token& next = reading.at(offset);
  return next.spaced && (reading.lower_case(next) || next.IsDigits());
}

/// "5", "II".
bool IsNumeral(const Token& token) {
  return token.IsDigits() || (token.text.size() > 1 && RomanValue(token.text).has_value());
}

/// "Apt. B", but not "I", which is a pronoun, nor "A man".
bool IsLetterName(const Reading& reading, std::ptrdiff_t offset) {
  const Token& token = reading.at(offset);
  return token.text.size() == 1 && reading.capitalized(token) && token.text != "I" &&
         !reading.at(offset + 1).IsWord();
}

bool Applies(const Reading& reading, const Abbreviation& abbreviation, bool dot) {
  if (!dot && !abbreviation.bare) return false;
  const Token& token = reading.at();
  const Token& before = reading.at(-1);
  const Token& next = reading.at(dot ? 2 : 1);
  const bool capital = reading.capitalized(token);
  const bool name_follows = reading.capitalized(next) && next.spaced;
  const bool inside = dot && !abbreviation.word && GoesOn(reading, 2);
  const bool ends = !dot || next.spaced || !(next.IsWord() || next.IsDigits());  // "ft.vim"
  switch (abbreviation.use) {
    case AbbreviationUse::kTitle:
      return name_follows ? capital || (dot && abbreviation.bare)
                          : (inside && !next.IsDigits()) || (capital && dot && abbreviation.bare);
    case AbbreviationUse::kStreet:
      return inside || (capital && FollowsStreetName(reading));
    case AbbreviationUse::kSuffix:
      return inside ||
             (capital && (reading.capitalized(before) || before.Is(',') || before.Is('&')));
    case AbbreviationUse::kNumbered:
      return dot ? IsNumeral(next) || (!abbreviation.word && IsLetterName(reading, 2))
                 : capital && next.IsDigits();
    case AbbreviationUse::kYear:
      return !capital && dot && next.IsDigits() && next.text.size() == 4;
    case AbbreviationUse::kCentury:
      return !capital && dot && reading.at(-2).IsDigits() && !before.spaced && before.IsWord();
    case AbbreviationUse::kVersus:
      return !capital && dot && reading.capitalized(before) && name_follows;
    case AbbreviationUse::kLeading:
      return inside && (reading.caseless() || !Reading::AllCapitals(token.text));
    case AbbreviationUse::kInner:
      return abbreviation.written != "al" || before.IsWord("et");
    case AbbreviationUse::kGeneral:
      return ends;
  }
  return false;
}

const Abbreviation* FindAbbreviation(const Reading& reading, bool dot) {
  const Abbreviation* found = nullptr;
  for (const Abbreviation& abbreviation : kAbbreviations) {
    if (abbreviation.written != reading.at().lower || !Applies(reading, abbreviation, dot)) {
      continue;
    }
    if (abbreviation.use == AbbreviationUse::kStreet) return &abbreviation;  // before "Saint"
    if (found == nullptr) found = &abbreviation;
  }
  return found;
}

/// "J." in "J. R. R. Tolkien" and "E. coli", but not the end of "Plan B. Then".
bool ReadInitial(Reading& reading) {
  const Token& token = reading.at();
  const Token& next = reading.at(2);
  const bool pronoun = token.text == "I" && !reading.glued_symbol(3, '.');  // "I. M. Pei"
  const bool letter = token.text.size() == 1 && IsUpper(token.text[0]) && !pronoun &&
                      reading.glued_symbol(1, '.') && next.spaced && !reading.glued(0) &&
                      !In(kLetterCues, reading.at(-1).lower);
  const bool name = reading.capitalized(next) && !In(kSentenceStarters, next.lower);
  if (!letter || !(name || (reading.lower_case(next) && token.text != "A"))) return false;
  reading.Spell(token.lower);
  reading.Advance(2);
  return true;
}

bool IsPiece(const Token& token) {
  return token.IsWord() && (token.text.size() == 1 || token.lower == "ph");
}

}  // namespace

bool ReadDotted(Reading& reading) {
  constexpr std::size_t kMostLetters = 8;
  if (!IsPiece(reading.at())) return false;
  std::string letters(reading.at().lower);
  std::size_t tokens = 1;
  while (letters.size() < kMostLetters) {
    const auto dot = static_cast<std::ptrdiff_t>(tokens);
    if (!reading.glued_symbol(dot, '.') || !reading.glued(dot + 1) ||
        !IsPiece(reading.at(dot + 1))) {
      break;
    }
    letters += reading.at(dot + 1).lower;
    tokens += 2;
  }
  if (tokens == 1) return ReadInitial(reading);
  if (reading.glued_symbol(static_cast<std::ptrdiff_t>(tokens), '.')) ++tokens;
  const auto end = static_cast<std::ptrdiff_t>(tokens);
  const bool possessive =
      reading.glued_symbol(end, '\'') && reading.glued(end + 1) && reading.at(end + 1).IsWord("s");
  if (possessive) tokens += 2;

  std::string_view spoken;
  for (const Replacement& dotted : kDottedAbbreviations) {
    if (letters == dotted.written) spoken = dotted.spoken;
  }
  for (const Replacement& always : kAlwaysReplaced) {  // "v.s."
    if (letters == always.written) spoken = always.spoken;
  }
  if (!spoken.empty()) {
    reading.Say(spoken, 0, tokens);
    reading.Advance(tokens);
    return true;
  }
  if (possessive) letters += "'s";
  if (IsSpelledPlural(letters)) letters.insert(letters.size() - 1, 1, '\'');
  reading.Spell(letters, 0, tokens);
  reading.Advance(tokens);
  EndAfterAbbreviation(reading);
  return true;
}

bool ReadAbbreviation(Reading& reading) {
  const bool dot = reading.glued_symbol(1, '.');
  const Abbreviation* abbreviation = FindAbbreviation(reading, dot);
  if (abbreviation == nullptr) return false;
  const bool possessive = dot && reading.glued_symbol(2, '\'') && reading.glued(3) &&
                          reading.at(3).IsWord("s");  // "King Jr.'s"
  reading.Say(std::string(abbreviation->spoken) + (possessive ? "'s" : ""), 0, possessive ? 4 : 1);
  reading.Advance(possessive ? 4 : dot ? 2 : 1);
  if (!dot || possessive) return true;
  const bool ends =
      abbreviation->written == "etc" && reading.at().spaced && reading.capitalized(reading.at());
  if (ends) {
    reading.out().Pause();
    reading.out().EndSentence();
  } else if (abbreviation->use == AbbreviationUse::kStreet ||
             abbreviation->use == AbbreviationUse::kSuffix ||
             abbreviation->use == AbbreviationUse::kCentury ||
             abbreviation->use == AbbreviationUse::kGeneral) {
    EndAfterAbbreviation(reading);
  }
  return true;
}

}  // namespace euphone
