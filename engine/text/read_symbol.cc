#include <array>
#include <string>
#include <string_view>

#include "text/quantity.h"
#include "text/readers.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

struct SymbolName {
  char symbol;
  std::string_view spoken;
};
constexpr auto kNames = std::to_array<SymbolName>({
    {'&', "and"},
    {'@', "at"},
    {'%', "percent"},
    {'+', "plus"},
    {mark::kDegree, "degrees"},
    {mark::kTimes, "times"},
    {mark::kDivide, "divided by"},
    {mark::kPlusMinus, "plus or minus"},
    {mark::kSection, "section"},
    {mark::kNumero, "number"},
});
/// Left out with a note; quotes, hyphens, slashes, underscores and stars are just not said.
constexpr std::string_view kNoted = "~|^<>\\=";
constexpr std::string_view kPausing = ",;:()[]\1\2";  // the last two are the long dashes
constexpr auto kGreek = std::to_array<std::string_view>({
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",   "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",    "rho",   "sigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega",
});

bool IsCloser(const Token& token) {
  return token.Is('"') || token.Is('\'') || token.Is(')') || token.Is(']');
}

/// How many closing quotes and brackets follow at once, from `offset`.
std::ptrdiff_t CountClosers(const Reading& reading, std::ptrdiff_t offset) {
  std::ptrdiff_t count = 0;
  while (reading.glued(offset + count) && IsCloser(reading.at(offset + count))) ++count;
  return count;
}

void EndSentence(Reading& reading, std::ptrdiff_t tokens) {
  reading.Advance(static_cast<std::size_t>(tokens));
  reading.out().Pause();
  reading.out().EndSentence();
}

/// The name of a lone Greek letter, from its two bytes of UTF-8.
std::string_view GreekName(std::string_view letter) {
  if (letter.size() != 2) return {};
  const unsigned code = (static_cast<unsigned char>(letter[0]) & 0x1FU) << 6U |
                        (static_cast<unsigned char>(letter[1]) & 0x3FU);
  if (code >= 0x3B1 && code <= 0x3C9) return kGreek[code - 0x3B1];
  if (code >= 0x391 && code <= 0x3A9) return kGreek[code - 0x391];
  return {};
}

void ReadMark(Reading& reading) {
  const Token& token = reading.at();
  const std::string_view original = reading.original(token);
  if (token.Is(mark::kEmoji)) {
    reading.out().Note(token.span, "emoji left out");
  } else if (token.Is(mark::kUnknown)) {
    reading.out().NoteLeftOut(token.span, "is not a word");
  } else if (const std::string_view name = GreekName(original); !name.empty()) {
    reading.Say(name);
  } else {
    reading.out().NoteLeftOut(token.span, "is not in the Latin alphabet");
  }
  reading.Advance();
}

/// "-", "--", " - ": tokens of a dash that asks for a pause, else 0.
std::size_t PausingHyphens(const Reading& reading) {
  if (!reading.at().Is('-')) return 0;
  std::ptrdiff_t count = 1;
  while (reading.glued_symbol(count, '-')) ++count;
  const bool alone = reading.at().spaced && reading.at(count).spaced;
  return count > 1 || alone ? static_cast<std::size_t>(count) : 0;
}

/// "'em", "'n'": the apostrophe and the word after it.
bool ReadClipped(Reading& reading) {
  const Token& word = reading.at(1);
  const bool opens =
      reading.at().Is('\'') && !word.spaced && word.IsWord() &&
      (reading.at().spaced || !(reading.at(-1).IsWord() || reading.at(-1).IsDigits()));
  if (!opens) return false;
  if (word.lower == "n") {
    const std::size_t tokens = reading.glued_symbol(2, '\'') ? 3 : 2;
    reading.Say("and", 0, tokens);
    reading.Advance(tokens);
    return true;
  }
  if (!In(kClippedWords, word.lower)) return false;
  reading.Say("'" + std::string(word.lower), 0, 2);
  reading.Advance(2);
  return true;
}

/// "C#", "F♯m": a note or a language, not "#1".
bool IsSharp(const Reading& reading) {
  const Token& before = reading.at(-1);
  return reading.glued(0) && before.IsWord() && before.text.size() == 1 &&
         IsUpper(before.text[0]) && (reading.at(1).spaced || !reading.at(1).IsDigits());
}

/// Tokens of ":-)", ":D", "<3" and the like, else 0.
std::size_t EmoticonTokens(const Reading& reading) {
  constexpr std::string_view kMouths = ")(|/*DPpOo3";
  if (!reading.at().spaced) return 0;
  if (reading.at().Is('<')) {
    return reading.glued(1) && reading.at(1).text == "3" && reading.at(2).spaced ? 2 : 0;
  }
  if (!reading.at().Is(':') && !reading.at().Is(';')) return 0;
  const std::ptrdiff_t mouth = reading.glued_symbol(1, '-') ? 2 : 1;
  const Token& token = reading.at(mouth);
  const Token& after = reading.at(mouth + 1);
  const bool matches = !token.spaced && token.text.size() == 1 &&
                       kMouths.find(token.text[0]) != std::string_view::npos;
  return matches && (after.spaced || after.kind == TokenKind::kSymbol)
             ? static_cast<std::size_t>(mouth) + 1
             : 0;
}

/// The same symbol once or more, without a reading.
void NoteSymbols(Reading& reading) {
  const char symbol = reading.at().text.front();
  std::ptrdiff_t count = 1;
  while (reading.glued_symbol(count, symbol)) ++count;
  const auto tokens = static_cast<std::size_t>(count);
  reading.out().NoteLeftOut(reading.span(0, tokens), "is not a word");
  reading.Advance(tokens);
}

std::string_view SymbolWords(const Reading& reading) {
  const Token& token = reading.at();
  const Token& next = reading.at(1);
  const bool next_glued = !next.spaced;
  if (token.Is('#') && IsSharp(reading)) return "sharp";
  if (token.Is('#') && next_glued && next.IsDigits()) return "number";
  if (token.Is('#') && next_glued && next.IsWord()) return "hashtag";
  if (token.Is('~') && (next.IsDigits() || FindCurrency(next) != nullptr)) return "about";
  if (token.Is('=')) {
    return reading.glued_symbol(1, '=') || reading.glued_symbol(1, '>') ? "" : "equals";
  }
  if (const Currency* currency = FindCurrency(token)) return currency->singular;
  for (const SymbolName& name : kNames) {
    if (token.Is(name.symbol)) return name.spoken;
  }
  return {};
}

}  // namespace

void EndAfterAbbreviation(Reading& reading) {
  const std::ptrdiff_t closers = CountClosers(reading, 0);
  const Token& next = reading.at(closers);
  if (next.EndsText()) {
    reading.out().Pause();
  } else if (next.spaced && reading.capitalized(next) && In(kSentenceStarters, next.lower)) {
    EndSentence(reading, closers);
  }
}

bool ReadTerminator(Reading& reading) {
  const auto terminates = [&](std::ptrdiff_t offset) {
    const Token& token = reading.at(offset);
    const bool unequal = token.Is('!') && reading.glued_symbol(offset + 1, '=');
    return token.Is('.') || (token.Is('!') && !unequal) || token.Is('?');
  };
  if (!terminates(0)) return false;
  std::ptrdiff_t marks = 1;
  bool points = reading.at().Is('.');
  while (reading.glued(marks) && terminates(marks)) points = reading.at(marks++).Is('.') && points;

  const Token& after = reading.at(marks);
  const bool inside = marks == 1 && points && !after.spaced &&
                      (after.IsWord() || after.IsDigits()) &&
                      (!reading.capitalized(after) || reading.at().spaced);
  if (inside) {  // "notes.txt", ".NET"
    reading.Say("dot");
    reading.Advance();
    return true;
  }
  const std::ptrdiff_t closers = CountClosers(reading, marks);
  const Token& next = reading.at(marks + closers);
  const bool continues = (reading.lower_case(next) && (closers > 0 || (points && marks > 1))) ||
                         (!next.spaced && (next.Is(',') || next.Is(';') || next.Is(':')));
  if (continues) {
    reading.Advance(static_cast<std::size_t>(marks + closers));
    reading.out().Pause();
  } else {
    EndSentence(reading, marks + closers);
  }
  return true;
}

void ReadSymbol(Reading& reading) {
  const Token& token = reading.at();
  if (token.Is(mark::kForeign) || token.Is(mark::kEmoji) || token.Is(mark::kUnknown)) {
    return ReadMark(reading);
  }
  if (ReadClipped(reading)) return;
  if (const std::size_t emoticon = EmoticonTokens(reading); emoticon > 0) {
    reading.out().Note(reading.span(0, emoticon), "emoji left out");
    reading.out().Pause();
    return reading.Advance(emoticon);
  }
  if (const std::size_t hyphens = PausingHyphens(reading); hyphens > 0) {
    reading.out().Pause();
    return reading.Advance(hyphens);
  }
  const std::string_view words = SymbolWords(reading);
  if (words.empty() && token.text.size() == 1 &&
      kNoted.find(token.text.front()) != std::string_view::npos) {
    return NoteSymbols(reading);
  }
  if (kPausing.find(token.text.front()) != std::string_view::npos) reading.out().Pause();
  reading.Say(words);
  reading.Advance();
}

}  // namespace euphone
