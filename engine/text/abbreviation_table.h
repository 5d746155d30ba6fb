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
  kInner,     ///< Anywhere; more of the sentence follows.
  kGeneral,   ///< Anywhere; a sentence may end after it.
};

struct Abbreviation {
  std::string_view written;  ///< Lower case, without its full stop.
  std::string_view spoken;
  AbbreviationUse use;
  bool bare = false;  ///< Also without the full stop.
};

inline constexpr auto kAbbreviations = std::to_array<Abbreviation>({
    {"mr", "mister", AbbreviationUse::kTitle, true},
    {"mrs", "missus", AbbreviationUse::kTitle, true},
    {"ms", "ms", AbbreviationUse::kTitle, true},
    {"mx", "mix", AbbreviationUse::kTitle},
    {"dr", "doctor", AbbreviationUse::kTitle, true},
    {"prof", "professor", AbbreviationUse::kTitle, true},
    {"st", "saint", AbbreviationUse::kTitle, true},
    {"mt", "mount", AbbreviationUse::kTitle, true},
    {"ft", "fort", AbbreviationUse::kTitle},
    {"rev", "reverend", AbbreviationUse::kTitle},
    {"hon", "honorable", AbbreviationUse::kTitle},
    {"fr", "father", AbbreviationUse::kTitle},
    {"gen", "general", AbbreviationUse::kTitle},
    {"col", "colonel", AbbreviationUse::kTitle},
    {"maj", "major", AbbreviationUse::kTitle},
    {"capt", "captain", AbbreviationUse::kTitle, true},
    {"lt", "lieutenant", AbbreviationUse::kTitle, true},
    {"sgt", "sergeant", AbbreviationUse::kTitle, true},
    {"cpl", "corporal", AbbreviationUse::kTitle},
    {"adm", "admiral", AbbreviationUse::kTitle},
    {"cmdr", "commander", AbbreviationUse::kTitle},
    {"gov", "governor", AbbreviationUse::kTitle},
    {"sen", "senator", AbbreviationUse::kTitle},
    {"rep", "representative", AbbreviationUse::kTitle},
    {"pres", "president", AbbreviationUse::kTitle},
    {"st", "street", AbbreviationUse::kStreet, true},
    {"dr", "drive", AbbreviationUse::kStreet, true},
    {"ave", "avenue", AbbreviationUse::kStreet, true},
    {"blvd", "boulevard", AbbreviationUse::kStreet, true},
    {"rd", "road", AbbreviationUse::kStreet, true},
    {"ln", "lane", AbbreviationUse::kStreet, true},
    {"hwy", "highway", AbbreviationUse::kStreet, true},
    {"pkwy", "parkway", AbbreviationUse::kStreet, true},
    {"sq", "square", AbbreviationUse::kStreet},
    {"jr", "junior", AbbreviationUse::kSuffix, true},
    {"sr", "senior", AbbreviationUse::kSuffix, true},
    {"inc", "incorporated", AbbreviationUse::kSuffix, true},
    {"ltd", "limited", AbbreviationUse::kSuffix, true},
    {"corp", "corporation", AbbreviationUse::kSuffix, true},
    {"co", "company", AbbreviationUse::kSuffix},
    {"bros", "brothers", AbbreviationUse::kSuffix, true},
    {"esq", "esquire", AbbreviationUse::kSuffix},
    {"no", "number", AbbreviationUse::kNumbered},
    {"nos", "numbers", AbbreviationUse::kNumbered},
    {"p", "page", AbbreviationUse::kNumbered},
    {"pp", "pages", AbbreviationUse::kNumbered},
    {"ch", "chapter", AbbreviationUse::kNumbered},
    {"vol", "volume", AbbreviationUse::kNumbered},
    {"fig", "figure", AbbreviationUse::kNumbered},
    {"sec", "section", AbbreviationUse::kNumbered},
    {"art", "article", AbbreviationUse::kNumbered},
    {"ext", "extension", AbbreviationUse::kNumbered},
    {"rm", "room", AbbreviationUse::kNumbered},
    {"ca", "circa", AbbreviationUse::kNumbered},
    {"approx", "approximately", AbbreviationUse::kInner},
    {"apt", "apartment", AbbreviationUse::kGeneral},
    {"assn", "association", AbbreviationUse::kGeneral},
    {"avg", "average", AbbreviationUse::kInner},
    {"cf", "compare", AbbreviationUse::kInner},
    {"dept", "department", AbbreviationUse::kGeneral},
    {"est", "established", AbbreviationUse::kInner},
    {"govt", "government", AbbreviationUse::kGeneral},
    {"misc", "miscellaneous", AbbreviationUse::kGeneral},
    {"tel", "telephone", AbbreviationUse::kInner},
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
    {"etc", "et cetera"},
    {"rock'n'roll", "rock and roll"},
    {"vs", "versus"},
});

}  // namespace euphone
