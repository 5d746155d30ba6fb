#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/abbreviation_table.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr std::string_view kVowels = "aeiouy";
constexpr auto kOp = std::to_array<std::string_view>({"op", "op's", "ops"});
constexpr auto kTimesCues = std::to_array<std::string_view>({
    "a",
    "as",
    "bigger",
    "daily",
    "faster",
    "higher",
    "larger",
    "longer",
    "more",
    "per",
    "weekly",
});
static_assert(std::ranges::is_sorted(kOp) && std::ranges::is_sorted(kTimesCues));

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

/// "AC/DC", "AM/FM": two capitals on both sides.
bool IsSlashedPair(const Reading& reading, std::ptrdiff_t offset) {
  const auto is_pair = [&](std::ptrdiff_t at) {
    return reading.at(at).IsWord() && reading.at(at).text.size() == 2 &&
           Reading::AllCapitals(reading.at(at).text);
  };
  const bool after =
      reading.glued_symbol(offset + 1, '/') && reading.glued(offset + 2) && is_pair(offset + 2);
  const bool before = reading.glued(offset) && reading.at(offset - 1).Is('/') &&
                      reading.glued(offset - 1) && is_pair(offset - 2);
  return is_pair(offset) && (after || before);
}

bool IsSpelled(const Reading& reading, std::ptrdiff_t offset, std::string_view text,
               std::string_view lower, bool possessive) {
  const bool at_digits = TouchesDigits(reading, offset);
  if (lower == "i") return at_digits || possessive;  // "dot your i's"
  if (lower == "a") return at_digits || possessive || IsLetterA(reading, offset);
  if (lower.size() == 1 || In(kSpelled, lower)) return true;
  if (text == "pH" || IsSlashedPair(reading, offset)) return true;
  const bool vowel = HasVowel(lower);
  const bool capitals = Reading::AllCapitals(text);
  const bool raised = reading.glued_symbol(offset + 1, '^') && reading.glued_digits(offset + 2);
  if (!vowel && lower.size() == 2 && raised) return true;  // "mc²"
  if (at_digits && ((capitals && lower.size() == 2) || (!vowel && lower.size() <= 3))) return true;
  if (!capitals) return false;
  if (lower.size() == 2 && TouchesAmpersand(reading, offset)) return true;
  if (!vowel) return !In(kVowellessWords, lower);
  const auto shouts = [&](const Token& token) {
    return Reading::AllCapitals(token.text) && !In(kSpelled, token.lower);
  };
  const bool shouted = shouts(reading.at(offset - 1)) || shouts(reading.at(offset + 1));
  return !reading.caseless() && !shouted && In(kSpelledInCapitals, lower);
}

bool ReadInline(Reading& reading) {
  const Token& token = reading.at();
  if (token.kind != TokenKind::kInline) return false;
  std::string phones(
      reading.out().original().substr(token.ipa.begin, token.ipa.end - token.ipa.begin));
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
  if (!reading.glued_symbol(1, '-') || !reading.glued(2) || !rest.IsWord()) return false;
  const std::string_view p = prefix.lower;
  const std::string_view r = rest.lower;
  if (p == "co" && In(kOp, r)) {  // joined, it is a chicken's
    reading.Say("co-" + std::string(r), 0, 3);
    reading.Advance(3);
    return true;
  }
  if (!reading.lower_case(rest)) return false;
  const bool joins = p == "un" || p == "de" ||
                     (p == "re" && kVowels.find(r.front()) != std::string_view::npos) ||
                     (p == "co" && r.size() > 3) || (p == "e" && r.starts_with("mail"));
  if (!joins) return false;
  reading.Say(std::string(p) + std::string(r), 0, 3);
  reading.Advance(3);
  return true;
}

/// "4", "5 cm" or "3"" is before the current token.
bool FollowsSize(const Reading& reading) {
  const Token& before = reading.at(-1);
  const bool mark = before.Is('"') || before.Is('\'') || before.IsWord();
  return before.IsDigits() || (mark && reading.at(-2).IsDigits());
}

/// "w/", "w/o", "c/o", "b/c", "cup o' tea", "4x4", "5 cm x 3 cm", "2x a day".
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
  if (slash && token.text == "b" && reading.glued(2) && reading.at(2).text == "c") {
    return say("because", 3);
  }
  if (slash && token.text == "w") return say("with", 2);
  if (token.text == "o" && reading.glued_symbol(1, '\'') && reading.at(2).IsWord() &&
      reading.at(2).spaced && !reading.at(-1).Is('\'')) {
    return say("of", 2);
  }
  if (token.lower != "x") return false;
  const bool sizes = FollowsSize(reading) && reading.at(1).IsDigits();
  const bool spaced = token.spaced && reading.at(1).spaced;  // not "32 bit x86"
  if (sizes && (spaced || !reading.at(-1).IsWord())) return say("by", 1);
  const bool count = reading.glued(0) && reading.at(-1).IsDigits() && reading.at(-1).spaced;
  const bool times = reading.at(1).Is('/') || In(kTimesCues, reading.at(1).lower);
  return count && times && say("times", 1);
}

}  // namespace

bool IsSpelledPlural(std::string_view lower) {
  const std::string_view stem = lower.substr(0, lower.size() - 1);
  return lower.size() >= 3 && lower.back() == 's' && !HasVowel(stem) && In(kSpelled, stem) &&
         !In(kSpelled, lower);  // "https"
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
  const bool capital_stem =
      text.back() == 's' && stem > 0 && std::ranges::all_of(text.substr(0, stem), IsUpper);
  const bool plural =
      !possessive && (IsSpelledPlural(lower) ||
                      (capital_stem && (stem >= 2 || TouchesAmpersand(reading, offset))));
  const std::size_t ending = possessive ? 2 : plural ? 1 : 0;
  text.remove_suffix(ending);
  lower.remove_suffix(ending);
  if (IsSpelled(reading, offset, text, lower, possessive)) {
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

}  // namespace euphone
