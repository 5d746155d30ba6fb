#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace euphone {

/// Sorted, lower case. `In(kList, word)` is a binary search.
template <std::size_t N>
constexpr bool In(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::ranges::binary_search(list, word);
}

/// Acronyms that are spelled however they are written ("tv", "TV").
inline constexpr auto kSpelled = std::to_array<std::string_view>({
    "abc",  "afc",  "ai",   "aka", "api", "atm", "bbc",  "bce",   "bmw",  "bmx",   "byob", "cbs",
    "cctv", "cd",   "cdc",  "ceo", "cfo", "cia", "cio",  "cnn",   "cpa",  "cpr",   "cpu",  "css",
    "csv",  "cto",  "cv",   "dea", "dhl", "diy", "dj",   "dna",   "dvd",  "ecg",   "edt",  "efl",
    "ekg",  "esl",  "espn", "eu",  "ev",  "faa", "faq",  "fbi",   "fda",  "fyi",   "gdp",  "gmo",
    "gmt",  "gps",  "gpu",  "hbo", "hiv", "hmo", "hr",   "html",  "http", "https", "ibm",  "icu",
    "id",   "ieee", "imf",  "ioc", "iot", "iou", "ip",   "ipa",   "ipo",  "iq",    "irs",  "isp",
    "iv",   "jfk",  "jpeg", "kfc", "kgb", "lcd", "lgbt", "lgbtq", "llc",  "mba",   "mit",  "mlb",
    "mp",   "mri",  "mtv",  "nba", "nbc", "nfl", "ngo",  "nhl",   "nhs",  "npr",   "nsa",  "nyc",
    "nypd", "nyu",  "omg",  "pbs", "pc",  "pdf", "phd",  "pm",    "pr",   "ps",    "pta",  "rna",
    "rpg",  "rsvp", "rv",   "sms", "sos", "sql", "suv",  "tba",   "tbd",  "tnt",   "tsa",  "tv",
    "uae",  "ucla", "ufc",  "ufo", "uhf", "ui",  "uk",   "uri",   "url",  "usa",   "usb",  "usd",
    "ussr", "uv",   "ux",   "vhs", "vip", "vpn", "vr",   "wto",   "www",  "xml",
});

/// Acronyms spelled in capitals only: in lower case they are other words.
inline constexpr auto kSpelledInCapitals = std::to_array<std::string_view>({
    "ac", "ad", "apr", "ba", "cet", "er", "est", "eta", "gre", "ira",
    "it", "la", "led", "ma", "os",  "pa", "sat", "un",  "ups", "us",
});

/// Words without a vowel letter that are said, not spelled.
inline constexpr auto kVowellessWords = std::to_array<std::string_view>({
    "brr", "dr",   "grr",  "hm", "hmm", "mm",   "mmm", "mr",  "mrs", "ms",
    "nth", "pfft", "psst", "sh", "shh", "shhh", "st",  "tsk", "zzz",
});

/// Before a lone capital A these make it a letter: "vitamin A".
inline constexpr auto kLetterCues = std::to_array<std::string_view>({
    "an",       "answer", "appendix", "block",    "building", "category", "choice",
    "class",    "column", "exhibit",  "gate",     "grade",    "group",    "hepatitis",
    "letter",   "level",  "option",   "part",     "plan",     "platform", "question",
    "room",     "row",    "section",  "series",   "side",     "straight", "team",
    "terminal", "type",   "vitamin",  "vitamins", "zone",
});

/// Names of monarchs and popes: a Roman numeral after them is "the eighth".
inline constexpr auto kRegnalNames = std::to_array<std::string_view>({
    "adrian",   "albert",      "alexander", "benedict",  "catherine", "charles", "christian",
    "clement",  "constantine", "edward",    "elizabeth", "ferdinand", "francis", "frederick",
    "george",   "gregory",     "gustav",    "henry",     "innocent",  "ivan",    "james",
    "john",     "joseph",      "julius",    "leo",       "leopold",   "louis",   "ludwig",
    "mary",     "maximilian",  "napoleon",  "nicholas",  "otto",      "paul",    "peter",
    "philip",   "pius",        "ramesses",  "ramses",    "richard",   "robert",  "rudolf",
    "thutmose", "urban",       "victor",    "wilhelm",   "william",
});

/// A Roman numeral after these is a number: "Chapter IV".
inline constexpr auto kNumeralCues = std::to_array<std::string_view>({
    "act",     "appendix", "article", "book",    "bowl",  "canto",  "chapter",  "class", "division",
    "episode", "figure",   "group",   "lesson",  "level", "mark",   "olympiad", "part",  "phase",
    "round",   "scene",    "season",  "section", "stage", "step",   "table",    "tier",  "title",
    "tome",    "type",     "unit",    "vatican", "verse", "volume", "war",
});

/// After an abbreviation's full stop, these words in capitals begin a new sentence.
inline constexpr auto kSentenceStarters = std::to_array<std::string_view>({
    "a",     "after",  "all",       "also",    "although", "an",       "and",     "another",
    "are",   "as",     "at",        "because", "before",   "but",      "by",      "can",
    "could", "did",    "do",        "does",    "each",     "every",    "finally", "first",
    "for",   "from",   "had",       "has",     "have",     "he",       "her",     "here",
    "his",   "how",    "however",   "i",       "i'll",     "i'm",      "i've",    "if",
    "in",    "is",     "it",        "it's",    "its",      "let's",    "many",    "maybe",
    "most",  "my",     "next",      "no",      "not",      "nothing",  "now",     "of",
    "on",    "once",   "one",       "our",     "perhaps",  "she",      "she's",   "since",
    "so",    "some",   "sometimes", "soon",    "still",    "suddenly", "that",    "that's",
    "the",   "their",  "then",      "there",   "there's",  "these",    "they",    "this",
    "those", "though", "to",        "today",   "tomorrow", "under",    "was",     "we",
    "we're", "were",   "what",      "when",    "where",    "which",    "while",   "who",
    "why",   "will",   "with",      "would",   "yes",      "yet",      "you",     "your",
});

/// Words in capitals before "St." or "Dr." that are no street's name.
inline constexpr auto kNoStreetNames = std::to_array<std::string_view>({
    "and",    "at",   "by",    "dear", "for", "fort",  "from", "hello", "hi",   "in",  "is",
    "lake",   "meet", "mount", "near", "new", "of",    "on",   "our",   "port", "see", "thank",
    "thanks", "that", "the",   "this", "to",  "visit", "when", "where", "with",
});

/// Said with their leading apostrophe: "'em".
inline constexpr auto kClippedWords = std::to_array<std::string_view>({
    "bout",
    "cause",
    "cuz",
    "em",
    "til",
    "tis",
    "twas",
});

static_assert(std::ranges::is_sorted(kSpelled) && std::ranges::is_sorted(kSpelledInCapitals) &&
              std::ranges::is_sorted(kVowellessWords) && std::ranges::is_sorted(kLetterCues) &&
              std::ranges::is_sorted(kRegnalNames) && std::ranges::is_sorted(kNumeralCues) &&
              std::ranges::is_sorted(kSentenceStarters) && std::ranges::is_sorted(kNoStreetNames) &&
              std::ranges::is_sorted(kClippedWords));

}  // namespace euphone
