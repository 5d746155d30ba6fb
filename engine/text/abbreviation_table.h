#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace euphone {

enum class AbbreviationUse : std::uint8_t {
  kTitle,     ///< Before a name, capitalised. Its full stop never ends a sentence.
  kStreet,    ///< After the capitalised name of a street.
  kSuffix,    ///< After a name, capitalised.
  kNumbered,  ///< Before a number.
  kYear,      ///< Before a year, in lower case.
  kCentury,   ///< After an ordinal, in lower case.
  kVersus,    ///< Between two names, in lower case.
  kLeading,   ///< Before the rest of its phrase.
  kInner,     ///< Anywhere; more of the sentence follows.
  kGeneral,   ///< Anywhere; a sentence may end after it.
};

struct Abbreviation {
  std::string_view written;  ///< Lower case, without its full stop.
  std::string_view spoken;
  AbbreviationUse use;
  bool bare = false;  ///< Also without the full stop; before a number only if capitalised.
  /// A word or short for something else too, so that a lower-case word or a letter after it proves
  /// nothing.
  bool word = false;
};

inline constexpr auto kAbbreviations = std::to_array<Abbreviation>({
    {"mr", "mister", AbbreviationUse::kTitle, true},
    {"mrs", "missus", AbbreviationUse::kTitle, true},
    {"ms", "ms", AbbreviationUse::kTitle, true},
    {"mx", "mix", AbbreviationUse::kTitle},
    {"dr", "doctor", AbbreviationUse::kTitle, true},
    {"prof", "professor", AbbreviationUse::kTitle, true},
    {"st", "saint", AbbreviationUse::kTitle, true, true},
    {"mt", "mount", AbbreviationUse::kTitle, true},
    {"ft", "fort", AbbreviationUse::kTitle, false, true},
    {"rev", "reverend", AbbreviationUse::kTitle, false, true},
    {"hon", "honorable", AbbreviationUse::kTitle, false, true},
    {"fr", "father", AbbreviationUse::kTitle, false, true},
    {"gen", "general", AbbreviationUse::kTitle},
    {"col", "colonel", AbbreviationUse::kTitle, false, true},
    {"maj", "major", AbbreviationUse::kTitle},
    {"capt", "captain", AbbreviationUse::kTitle, true},
    {"messrs", "messrs", AbbreviationUse::kTitle},
    {"mme", "madame", AbbreviationUse::kTitle},
    {"lt", "lieutenant", AbbreviationUse::kTitle, true},
    {"sgt", "sergeant", AbbreviationUse::kTitle, true},
    {"cpl", "corporal", AbbreviationUse::kTitle},
    {"adm", "admiral", AbbreviationUse::kTitle},
    {"cmdr", "commander", AbbreviationUse::kTitle},
    {"gov", "governor", AbbreviationUse::kTitle},
    {"sen", "senator", AbbreviationUse::kTitle},
    {"rep", "representative", AbbreviationUse::kTitle, false, true},
    {"pres", "president", AbbreviationUse::kTitle},
    {"st", "street", AbbreviationUse::kStreet, true, true},
    {"dr", "drive", AbbreviationUse::kStreet, true, true},
    {"ave", "avenue", AbbreviationUse::kStreet, true},
    {"blvd", "boulevard", AbbreviationUse::kStreet, true},
    {"rd", "road", AbbreviationUse::kStreet, true},
    {"ln", "lane", AbbreviationUse::kStreet, true},
    {"hwy", "highway", AbbreviationUse::kStreet, true},
    {"pkwy", "parkway", AbbreviationUse::kStreet, true},
    {"sq", "square", AbbreviationUse::kStreet},
    {"pl", "place", AbbreviationUse::kStreet},
    {"ct", "court", AbbreviationUse::kStreet},
    {"jr", "junior", AbbreviationUse::kSuffix, true},
    {"sr", "senior", AbbreviationUse::kSuffix, true},
    {"inc", "incorporated", AbbreviationUse::kSuffix, true},
    {"ltd", "limited", AbbreviationUse::kSuffix, true},
    {"corp", "corporation", AbbreviationUse::kSuffix, true},
    {"co", "company", AbbreviationUse::kSuffix},
    {"bros", "brothers", AbbreviationUse::kSuffix, true},
    {"esq", "esquire", AbbreviationUse::kSuffix},
    {"no", "number", AbbreviationUse::kNumbered, false, true},
    {"nos", "numbers", AbbreviationUse::kNumbered},
    {"p", "page", AbbreviationUse::kNumbered},
    {"pp", "pages", AbbreviationUse::kNumbered},
    {"ch", "chapter", AbbreviationUse::kNumbered, true},
    {"vol", "volume", AbbreviationUse::kNumbered, true},
    {"fig", "figure", AbbreviationUse::kNumbered, true},
    {"sec", "section", AbbreviationUse::kNumbered},
    {"art", "article", AbbreviationUse::kNumbered, false, true},
    {"bldg", "building", AbbreviationUse::kNumbered, true},
    {"fl", "floor", AbbreviationUse::kNumbered, true},
    {"hwy", "highway", AbbreviationUse::kNumbered, true},
    {"pt", "part", AbbreviationUse::kNumbered},
    {"rte", "route", AbbreviationUse::kNumbered, true},
    {"ste", "suite", AbbreviationUse::kNumbered, true},
    {"apt", "apartment", AbbreviationUse::kNumbered, true},
    {"ext", "extension", AbbreviationUse::kNumbered, true},
    {"rm", "room", AbbreviationUse::kNumbered, true},
    {"b", "born", AbbreviationUse::kYear},
    {"c", "circa", AbbreviationUse::kYear},
    {"c", "century", AbbreviationUse::kCentury},
    {"d", "died", AbbreviationUse::kYear},
    {"ca", "circa", AbbreviationUse::kNumbered},
    {"adj", "adjective", AbbreviationUse::kInner},
    {"adv", "adverb", AbbreviationUse::kInner},
    {"al", "al", AbbreviationUse::kInner},
    {"approx", "approximately", AbbreviationUse::kInner},
    {"apt", "apartment", AbbreviationUse::kLeading},
    {"assn", "association", AbbreviationUse::kGeneral},
    {"attn", "attention", AbbreviationUse::kGeneral},
    {"avg", "average", AbbreviationUse::kInner},
    {"cf", "compare", AbbreviationUse::kInner},
    {"dept", "department", AbbreviationUse::kGeneral},
    {"esp", "especially", AbbreviationUse::kInner},
    {"est", "established", AbbreviationUse::kLeading},
    {"ft", "feet", AbbreviationUse::kGeneral},
    {"govt", "government", AbbreviationUse::kGeneral},
    {"incl", "including", AbbreviationUse::kInner},
    {"max", "maximum", AbbreviationUse::kLeading},
    {"min", "minimum", AbbreviationUse::kLeading},
    {"misc", "miscellaneous", AbbreviationUse::kGeneral},
    {"tbsp", "tablespoons", AbbreviationUse::kGeneral, true},
    {"tel", "telephone", AbbreviationUse::kInner},
    {"temp", "temperature", AbbreviationUse::kLeading},
    {"tsp", "teaspoons", AbbreviationUse::kGeneral, true},
    {"viz", "namely", AbbreviationUse::kInner},
    {"v", "versus", AbbreviationUse::kVersus},
    {"vs", "versus", AbbreviationUse::kInner},
    {"etc", "et cetera", AbbreviationUse::kGeneral},
    {"univ", "university", AbbreviationUse::kGeneral},
});

/// Letters with full stops between them that are not spelled.
struct Replacement {
  std::string_view written;
  std::string_view spoken;
};
inline constexpr auto kDottedAbbreviations = std::to_array<Replacement>({
    {"eg", "for example"},
    {"ie", "that is"},
    {"aka", "also known as"},
});

/// Always replaced, in any case, with or without a full stop; `spoken` holds no key of this table.
inline constexpr auto kAlwaysReplaced = std::to_array<Replacement>({
    {"cm", "centimeters"},
    {"etc", "et cetera"},
    {"gov't", "government"},
    {"hrs", "hours"},
    {"int'l", "international"},
    {"kg", "kilograms"},
    {"km", "kilometers"},
    {"lb", "pounds"},
    {"lbs", "pounds"},
    {"mph", "miles per hour"},
    {"rock'n'roll", "rock and roll"},
    {"tbsp", "tablespoons"},
    {"tsp", "teaspoons"},
    {"vs", "versus"},
    {"wwi", "world war one"},
    {"wwii", "world war two"},
    {"yrs", "years"},
});

}  // namespace euphone
