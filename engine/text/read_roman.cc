#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "text/folded_text.h"
#include "text/number_words.h"
#include "text/readers.h"
#include "text/roman_numeral.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

constexpr std::uint64_t kLargestSmall = 39;

/// Said as ordinals after a numeral: "the XXI century".
constexpr auto kOrdinalNouns = std::to_array<std::string_view>({
    "centuries",
    "century",
    "dynasty",
    "olympic",
    "olympics",
});
/// Before a numeral with their full stop between: "Vol. II".
constexpr auto kDottedCues = std::to_array<std::string_view>({
    "art",
    "bk",
    "ch",
    "fig",
    "no",
    "nos",
    "pt",
    "sec",
    "vol",
});
constexpr auto kRulerVerbs = std::to_array<std::string_view>({
    "became",
    "died",
    "of",
    "reigned",
    "ruled",
    "was",
});
static_assert(std::ranges::is_sorted(kOrdinalNouns) && std::ranges::is_sorted(kDottedCues) &&
              std::ranges::is_sorted(kRulerVerbs));

struct Numeral {
  std::string_view letters;
  std::uint64_t value = 0;
  std::string_view ending;  ///< "'s" or, of an ordinal, "th".
  bool small = false;       ///< Of I, V and X, below forty.
  bool is_ordinal() const { return !ending.empty() && ending != "'s"; }
};

std::optional<Numeral> FindNumeral(const Token& token) {
  if (!token.IsWord()) return std::nullopt;
  Numeral numeral{.letters = token.text, .ending = {}};
  for (const std::string_view ending : {"'s", "st", "nd", "rd", "th"}) {
    if (!numeral.letters.ends_with(ending)) continue;
    numeral.ending = ending;
    numeral.letters.remove_suffix(2);
    break;
  }
  const auto value = RomanValue(numeral.letters);
  if (!value) return std::nullopt;
  numeral.value = *value;
  numeral.small =
      *value <= kLargestSmall && numeral.letters.find_first_not_of("IVX") == std::string_view::npos;
  return numeral;
}

bool SayNumeral(Reading& reading, std::string words, const Numeral& numeral) {
  if (numeral.ending == "'s") words += "'s";
  reading.Say(words);
  reading.Advance();
  return true;
}

/// "the XXI century", "XIXth", "the XIX and XX centuries"
bool IsRomanOrdinal(const Reading& reading, const Numeral& numeral) {
  if (!numeral.small || numeral.ending == "'s") return false;
  if (numeral.is_ordinal()) return numeral.letters.size() > 1;
  if (numeral.letters.size() == 1 && !reading.at(-1).IsWord("the")) return false;
  if (In(kOrdinalNouns, reading.at(1).lower)) return true;
  const Token& between = reading.at(1);
  const bool linked = between.IsWord("and") || between.IsWord("or") || between.IsWord("to") ||
                      between.Is('-') || between.Is(mark::kEnDash);
  return linked && FindNumeral(reading.at(2)) && In(kOrdinalNouns, reading.at(3).lower);
}

/// "Henry VIII", "Chapter IV", "Vol. II", "Rocky III"
bool ReadNumeralAfterName(Reading& reading, const Numeral& numeral) {
  const bool dotted = reading.at(-1).Is('.') && In(kDottedCues, reading.at(-2).lower);
  const Token& before = reading.at(dotted ? -2 : -1);
  if (!before.IsWord()) return false;
  const bool cue = dotted || In(kNumeralCues, before.lower);
  const bool regnal = reading.capitalized(before) && In(kRegnalNames, before.lower);
  if (numeral.letters.size() == 1) {
    const Token& next = reading.at(1);
    const bool world_war = before.IsWord("war") && reading.at(-2).IsWord("world");
    const bool continues =
        (regnal && In(kRulerVerbs, next.lower)) || next.IsWord("of") || world_war;
    const bool pronoun = numeral.letters == "I" && next.IsWord() && !continues;
    if (!numeral.small || pronoun || !(cue || regnal) || !reading.capitalized(before)) return false;
  } else {
    const bool titled = numeral.small && !reading.caseless() && reading.capitalized(before);
    if (!cue && !regnal && !titled) return false;
  }
  return SayNumeral(
      reading, regnal && !cue ? "the " + OrdinalWords(numeral.value) : CardinalWords(numeral.value),
      numeral);
}

/// "XIV", "MCMXCVIII": too long to be a word or an acronym.
bool ReadNumeralAlone(Reading& reading, const Numeral& numeral) {
  const std::string_view letters = numeral.letters;
  const bool year = letters.size() > 4 && numeral.value < 2100 &&
                    (letters.starts_with("MCM") || letters.starts_with("MM"));
  if (year) return SayNumeral(reading, YearWords(numeral.value), numeral);
  if (!numeral.small || letters.size() < 3 || letters == "XXX") return false;
  return SayNumeral(reading, CardinalWords(numeral.value), numeral);
}

}  // namespace

bool ReadRomanNumeral(Reading& reading) {
  const auto numeral = FindNumeral(reading.at());
  if (!numeral) return false;
  if (IsRomanOrdinal(reading, *numeral)) {
    return SayNumeral(reading, OrdinalWords(numeral->value), *numeral);
  }
  if (numeral->is_ordinal()) return false;
  return ReadNumeralAfterName(reading, *numeral) || ReadNumeralAlone(reading, *numeral);
}

}  // namespace euphone
