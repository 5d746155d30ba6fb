#include "coach/feedback.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <tuple>

#include "coach/places.h"

namespace euphone {
namespace {

constexpr double kDropped = 0.5;

/// Pairs that tell many words apart count more, those that hardly any word depends on count less.
struct PairLoad {
  std::string_view one;
  std::string_view other;
  double weight;
};
constexpr std::array<PairLoad, 24> kPairLoads = {{
    {"IH", "IY", 1.5}, {"L", "R", 1.5},   {"P", "B", 1.5},   {"AE", "EH", 1.5}, {"N", "L", 1.5},
    {"AE", "AH", 1.4}, {"P", "F", 1.4},   {"OW", "AO", 1.3}, {"T", "D", 1.3},   {"K", "G", 1.3},
    {"B", "V", 1.2},   {"S", "SH", 1.2},  {"N", "NG", 1.2},  {"V", "W", 1.1},   {"F", "V", 1.1},
    {"CH", "SH", 1.1}, {"AA", "AE", 1.1}, {"EY", "EH", 1.1}, {"S", "Z", 0.9},   {"UH", "UW", 0.8},
    {"TH", "T", 0.8},  {"TH", "S", 0.8},  {"DH", "D", 0.7},  {"DH", "Z", 0.7},
}};

/// A phone that is not there at all spoils a word most.
constexpr double kDroppedLoad = 1.5;

double LoadOf(const PhoneSet& phones, PhoneId expected, const Substitute& instead) {
  if (instead.dropped) return kDroppedLoad;
  if (!instead.phone) return 1.0;
  const std::string_view one = phones.info(expected).arpabet,
                         other = phones.info(*instead.phone).arpabet;
  for (const PairLoad& load : kPairLoads) {
    if ((load.one == one && load.other == other) || (load.one == other && load.other == one)) {
      return load.weight;
    }
  }
  return 1.0;
}

constexpr std::array<std::string_view, 12> kHardSounds = {"TH", "DH", "R",  "L",  "V",  "W",
                                                          "Z",  "NG", "AE", "IH", "ER", "JH"};

/// The costliest confusion among sounds that are evident or among the others.
std::optional<Focus> WorstSound(const std::vector<Confusion>& confusions, bool evident) {
  const auto worst = std::ranges::find(confusions, evident, &Confusion::evident);
  if (worst == confusions.end()) return std::nullopt;
  return Focus{FocusKind::kSound, worst->word, worst->phone};
}

std::optional<Focus> FirstWith(const Analysis& analysis, WordError error, FocusKind kind) {
  const auto found = std::ranges::find(analysis.words, error, &WordScore::error);
  if (found == analysis.words.end()) return std::nullopt;
  return Focus{kind, static_cast<std::size_t>(found - analysis.words.begin()), std::nullopt};
}

std::optional<Focus> FocusOn(FocusKind kind, const std::optional<Placed>& placed) {
  if (!placed) return std::nullopt;
  return Focus{kind, placed->word, std::nullopt, placed->place};
}

std::optional<Focus> FocusOnEnding(const Analysis& analysis) {
  const auto placed = WrongEnding(analysis);
  const bool rise = placed && placed->place.kind == PlaceKind::kRise;
  return FocusOn(rise ? FocusKind::kRise : FocusKind::kFall, placed);
}

std::optional<Focus> LeastClearSound(const Analysis& analysis) {
  std::optional<Focus> least;
  double lowest = 101.0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    if (!word.accuracy || word.band == Band::kNotSure || word.origin == Origin::kG2p) continue;
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      const PhoneScore& phone = word.phones[p];
      if (phone.band != Band::kSlightlyAccented || phone.score >= lowest) continue;
      lowest = phone.score;
      least = Focus{FocusKind::kPolish, w, p};
    }
  }
  return least;
}

std::optional<Focus> ChooseFocus(const Analysis& analysis, const PhoneSet& phones) {
  const auto content_is = [&](ContentKind kind) {
    return analysis.content && analysis.content->kind == kind;
  };
  if (content_is(ContentKind::kPart) || content_is(ContentKind::kOther)) {
    return Focus{FocusKind::kReadAll, 0, std::nullopt};
  }
  const auto confusions = ConfusionsIn(analysis, phones);
  std::optional<Focus> focus = WorstSound(confusions, true);
  if (!focus) focus = FirstWith(analysis, WordError::kOmitted, FocusKind::kOmittedWord);
  if (!focus) focus = FirstWith(analysis, WordError::kInserted, FocusKind::kExtraWord);
  if (!focus && content_is(ContentKind::kTwice)) focus = Focus{FocusKind::kReadOnce, 0, {}};
  if (!focus) focus = FirstWith(analysis, WordError::kRepeated, FocusKind::kRepeatedWord);
  if (!focus) focus = FocusOn(FocusKind::kStress, WrongStress(analysis));
  if (!focus) focus = FocusOn(FocusKind::kUnneededPause, BrokenPhrase(analysis));
  if (!focus) focus = FocusOnEnding(analysis);
  if (!focus) focus = WorstSound(confusions, false);
  if (!focus) focus = LeastClearSound(analysis);
  return focus;
}

std::optional<Praise> BestHardSound(const Analysis& analysis, const PhoneSet& phones) {
  std::optional<Praise> best;
  double highest = -1.0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    if (word.band != Band::kClear) continue;
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      const PhoneScore& phone = word.phones[p];
      const bool hard = std::ranges::count(kHardSounds, phones.info(phone.phone.id).arpabet) > 0;
      if (!hard || phone.band != Band::kClear || phone.score <= highest) continue;
      highest = phone.score;
      best = Praise{PraiseKind::kHardSound, w, p};
    }
  }
  return best;
}

/// The longest clear word: short ones are easy.
std::optional<Praise> BestWord(const Analysis& analysis) {
  std::optional<Praise> best;
  std::size_t longest = 0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    if (!word.accuracy || word.band != Band::kClear || word.phones.size() <= longest) continue;
    longest = word.phones.size();
    best = Praise{PraiseKind::kClearWord, w, std::nullopt};
  }
  return best;
}

std::optional<Praise> ChoosePraise(const Analysis& analysis, const PhoneSet& phones) {
  if (analysis.words.empty()) return std::nullopt;
  const bool all_clear = std::ranges::all_of(
      analysis.words, [](Band band) { return band == Band::kClear; }, &WordScore::band);
  if (all_clear) return Praise{PraiseKind::kAllClear, 0, std::nullopt};
  std::optional<Praise> praise = BestHardSound(analysis, phones);
  if (!praise) praise = BestWord(analysis);
  if (!praise && std::ranges::count(analysis.words, WordError::kOmitted, &WordScore::error) == 0) {
    praise = Praise{PraiseKind::kComplete, 0, std::nullopt};
  }
  return praise;
}

}  // namespace

std::vector<Confusion> ConfusionsIn(const Analysis& analysis, const PhoneSet& phones) {
  constexpr PhoneId kUnclear = -1, kNothing = -2;
  std::map<std::tuple<PhoneId, PhoneId, bool>, Confusion> found;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    for (std::size_t p = 0; p < word.phones.size(); ++p) {
      const PhoneScore& phone = word.phones[p];
      if (!ToWorkOn(word, phone)) continue;
      const Substitute instead = HeardInstead(phone);
      const PhoneId heard = instead.dropped ? kNothing : instead.phone.value_or(kUnclear);
      Confusion& confusion = found[{phone.phone.id, heard, CannotTell(phone)}];
      const bool worst = confusion.cost == 0.0 ||
                         phone.score < analysis.words[confusion.word].phones[confusion.phone].score;
      confusion.expected = phone.phone.id;
      confusion.heard = instead.dropped ? std::nullopt : instead.phone;
      confusion.dropped = instead.dropped;
      confusion.evident = !CannotTell(phone);
      confusion.cost += LoadOf(phones, phone.phone.id, instead) * (100.0 - phone.score);
      if (worst) confusion.word = w, confusion.phone = p;
    }
  }
  std::vector<Confusion> confusions;
  for (const auto& [key, confusion] : found) confusions.push_back(confusion);
  std::ranges::stable_sort(confusions, std::greater(), &Confusion::cost);
  return confusions;
}

Substitute HeardInstead(const PhoneScore& phone) {
  if (phone.diagnosis) {
    return {.phone = phone.diagnosis->said, .dropped = phone.diagnosis->claim == Claim::kDropped};
  }
  if (phone.band == Band::kClear || phone.band == Band::kNotSure) return {};
  if (phone.heard.nothing > kDropped) return {.phone = std::nullopt, .dropped = true};
  if (phone.heard.phones.empty() || phone.heard.phones.front().phone == phone.phone.id) return {};
  return {.phone = phone.heard.phones.front().phone, .dropped = false};
}

bool CannotTell(const PhoneScore& phone) {
  return phone.diagnosis && phone.diagnosis->claim == Claim::kNotSure;
}

bool ToWorkOn(const WordScore& word, const PhoneScore& phone) {
  if (phone.diagnosis && phone.diagnosis->claim == Claim::kRight) return false;
  const bool wrong = phone.band == Band::kNotAsWritten || phone.band == Band::kHardToUnderstand;
  return wrong && word.accuracy && word.error != WordError::kOmitted &&
         word.origin != Origin::kG2p && word.band != Band::kClear && word.band != Band::kNotSure;
}

bool StressIsWrong(const WordScore& word) {
  if (word.origin == Origin::kG2p || word.band == Band::kNotSure) return false;
  const bool known = std::ranges::any_of(word.syllables, [](const SyllableScore& syllable) {
    return syllable.syllable.stress == Stress::kPrimary;
  });
  return known && std::ranges::any_of(word.syllables, [](const SyllableScore& syllable) {
           return syllable.stress_heard == Stress::kPrimary &&
                  syllable.syllable.stress == Stress::kUnstressed;
         });
}

Feedback ChooseFeedback(const Analysis& analysis, const PhoneSet& phones) {
  if (analysis.verdict != Verdict::kScored) return {};
  return {.praise = ChoosePraise(analysis, phones), .focus = ChooseFocus(analysis, phones)};
}

}  // namespace euphone
