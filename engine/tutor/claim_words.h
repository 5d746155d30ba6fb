#pragma once

#include <algorithm>
#include <array>
#include <string_view>

/// Words by which claims about a learner are told from advice. Each list is sorted.
namespace euphone::claim {

using std::string_view;

template <class List>
bool Holds(const List& list, string_view word) {
  return std::ranges::binary_search(list, word);
}

/// Of measuring somebody, and of people who may be the learner.
inline constexpr auto kMeasured = std::to_array<string_view>(
    {"accuracy",   "attempt",  "attempts", "average",  "averages",  "data",       "database",
     "evidence",   "feedback", "he",       "her",      "hers",      "herself",    "him",
     "himself",    "his",      "history",  "lately",   "measured",  "pct",        "percent",
     "percentage", "points",   "progress", "rate",     "rated",     "rating",     "readings",
     "recent",     "recently", "record",   "recorded", "recording", "recordings", "records",
     "result",     "results",  "score",    "scored",   "scores",    "she",        "statistics",
     "stats",      "test",     "tests",    "today",    "yesterday"});

/// Praise and blame.
inline constexpr auto kJudging = std::to_array<string_view>({"bad",
                                                             "badly",
                                                             "bravo",
                                                             "congratulations",
                                                             "decent",
                                                             "excellent",
                                                             "fail",
                                                             "failed",
                                                             "failing",
                                                             "fails",
                                                             "faulty",
                                                             "fine",
                                                             "flawed",
                                                             "flawless",
                                                             "great",
                                                             "impressive",
                                                             "improved",
                                                             "improvement",
                                                             "improving",
                                                             "inaccurate",
                                                             "incorrect",
                                                             "incorrectly",
                                                             "mispronounce",
                                                             "mispronounced",
                                                             "mispronounces",
                                                             "mispronouncing",
                                                             "mispronunciation",
                                                             "mistake",
                                                             "mistakes",
                                                             "perfect",
                                                             "perfectly",
                                                             "poor",
                                                             "poorly",
                                                             "struggle",
                                                             "struggles",
                                                             "struggling",
                                                             "terrible",
                                                             "unclear",
                                                             "weakness",
                                                             "wonderful",
                                                             "worse",
                                                             "worst",
                                                             "wrong",
                                                             "wrongly"});

/// Verbs that tell of what happened.
inline constexpr auto kPast = std::to_array<string_view>(
    {"became",     "came",     "did",  "didn't",  "got",     "had",      "hadn't",
     "hasn't",     "heard",    "lost", "missed",  "noticed", "observed", "omitted",
     "pronounced", "replaced", "said", "slipped", "sounded", "spoke",    "substituted",
     "swapped",    "turned",   "was",  "wasn't",  "went",    "were",     "weren't"});

/// Before these a word of kPast is a participle: "is heard", "can be said".
inline constexpr auto kBe = std::to_array<string_view>(
    {"are", "aren't", "be", "been", "being", "get", "gets", "is", "isn't", "it's", "only"});

inline constexpr auto kHowOften = std::to_array<string_view>(
    {"again",  "always",    "constantly", "frequently", "generally", "habitually",
     "keep",   "keeps",     "mostly",     "never",      "normally",  "often",
     "rarely", "regularly", "repeatedly", "seldom",     "sometimes", "still",
     "tend",   "tends",     "typically",  "usually"});

/// Who is spoken of where nobody in particular is.
inline constexpr auto kAnybody = std::to_array<string_view>(
    {"accent",    "accents",   "american",  "americans", "arabic",     "beginners", "brazilian",
     "british",   "cantonese", "children",  "chinese",   "dialects",   "english",   "everybody",
     "everyone",  "french",    "german",    "hindi",     "indonesian", "italian",   "japanese",
     "korean",    "language",  "languages", "learners",  "letter",     "letters",   "listener",
     "listeners", "mandarin",  "many",      "natives",   "nobody",     "pair",      "pairs",
     "people",    "persian",   "phrase",    "polish",    "portuguese", "russian",   "sentence",
     "somebody",  "someone",   "spanish",   "speakers",  "speech",     "spelled",   "spelling",
     "spelt",     "swedish",   "tamil",     "thai",      "turkish",    "urdu",      "vietnamese",
     "word",      "words",     "written"});

/// What makes a sentence say what may be.
inline constexpr auto kMaybe = std::to_array<string_view>(
    {"can", "could", "if", "may", "might", "or", "should", "unless", "until"});

/// Who may be the learner, unless it is any.
inline constexpr auto kPerson =
    std::to_array<string_view>({"learner", "learner's", "reader", "speaker", "speaker's", "student",
                                "student's", "user", "user's"});
inline constexpr auto kAny =
    std::to_array<string_view>({"a", "another", "any", "each", "every", "no"});

/// Sentences that begin with one of these say what to do.
inline constexpr auto kDo = std::to_array<string_view>(
    {"add",        "always", "begin", "bite",   "blow",    "breathe", "bring",    "close",
     "count",      "curl",   "cut",   "do",     "don't",   "draw",    "drop",     "end",
     "exaggerate", "finish", "give",  "glide",  "go",      "hold",    "hum",      "imagine",
     "join",       "keep",   "leave", "let",    "lift",    "link",    "listen",   "lower",
     "make",       "move",   "never", "open",   "place",   "point",   "practice", "practise",
     "press",      "pull",   "push",  "put",    "raise",   "read",    "record",   "relax",
     "release",    "repeat", "rest",  "round",  "say",     "send",    "shorten",  "slide",
     "smile",      "snap",   "speak", "spread", "squeeze", "start",   "step",     "stretch",
     "take",       "tap",    "tense", "touch",  "try",     "use",     "whisper",  "write"});

/// What follows "you" where nothing is claimed.
inline constexpr auto kModal =
    std::to_array<string_view>({"can", "can't", "cannot", "could", "feel", "may", "might", "must",
                                "need", "should", "want", "will", "won't", "would"});

/// What stands before "you" where it is hypothetical, or no subject.
inline constexpr auto kBeforeYou = std::to_array<string_view>(
    {"after",  "around", "as",   "at",    "before", "behind",  "by",     "feels",
     "for",    "from",   "give", "gives", "help",   "helps",   "how",    "if",
     "in",     "let",    "lets", "like",  "of",     "once",    "remind", "reminds",
     "show",   "shows",  "tell", "tells", "than",   "till",    "to",     "understand",
     "unless", "until",  "what", "when",  "where",  "whether", "while",  "with"});

/// What of the learner may be spoken of: with what she speaks and listens, and what she owns.
inline constexpr auto kHers = std::to_array<string_view>(
    {"alveolar", "belly",  "breath", "cheek",  "cheeks",    "chest",     "chin",       "ear",
     "ears",     "eyes",   "face",   "finger", "fingers",   "fingertip", "fingertips", "foot",
     "gums",     "hand",   "hands",  "head",   "jaw",       "language",  "larynx",     "lip",
     "lips",     "lungs",  "mirror", "molars", "mouth",     "neck",      "nose",       "nostrils",
     "palate",   "palm",   "phone",  "ridge",  "shoulders", "teeth",     "throat",     "thumb",
     "time",     "tongue", "tooth",  "voice"});

/// Perceiving: nobody who writes an answer does.
inline constexpr auto kPerceive = std::to_array<string_view>(
    {"analysed", "analyzed", "believe", "catch",    "caught",  "checked", "detect",   "detected",
     "find",     "found",    "hear",    "heard",    "hearing", "know",    "listened", "measured",
     "notice",   "noticed",  "observe", "observed", "saw",     "see",     "think"});

/// One sound in place of another.
inline constexpr auto kInstead = std::to_array<string_view>(
    {"become",       "becomes",  "confuse",  "confused",  "confuses",   "confusing",
     "drops",        "instead",  "mix",      "mixes",     "omit",       "omits",
     "replace",      "replaced", "replaces", "replacing", "substitute", "substitutes",
     "substitution", "swap",     "swaps",    "turn",      "turns"});

static_assert(std::ranges::is_sorted(kMeasured));
static_assert(std::ranges::is_sorted(kJudging));
static_assert(std::ranges::is_sorted(kPast));
static_assert(std::ranges::is_sorted(kBe));
static_assert(std::ranges::is_sorted(kHowOften));
static_assert(std::ranges::is_sorted(kAnybody));
static_assert(std::ranges::is_sorted(kMaybe));
static_assert(std::ranges::is_sorted(kPerson));
static_assert(std::ranges::is_sorted(kAny));
static_assert(std::ranges::is_sorted(kDo));
static_assert(std::ranges::is_sorted(kModal));
static_assert(std::ranges::is_sorted(kBeforeYou));
static_assert(std::ranges::is_sorted(kHers));
static_assert(std::ranges::is_sorted(kPerceive));
static_assert(std::ranges::is_sorted(kInstead));

}  // namespace euphone::claim
