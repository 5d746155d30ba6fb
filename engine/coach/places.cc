#include "coach/places.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "coach/feedback.h"

namespace euphone {
namespace {

bool InPlace(const WordScore& word) {
  return word.script_word && !word.phones.empty() && word.error != WordError::kRepeated &&
         word.error != WordError::kInserted;
}

/// The word that was spoken next, if it is also the next one of the text.
std::optional<std::size_t> NextOfText(const Analysis& analysis, std::size_t word) {
  const auto spoken = [](const WordScore& one) { return one.span.end > one.span.begin; };
  const auto begin = analysis.words.begin();
  const auto next =
      std::find_if(begin + static_cast<std::ptrdiff_t>(word) + 1, analysis.words.end(), spoken);
  const WordScore& before = analysis.words[word];
  if (next == analysis.words.end() || !InPlace(before) || !InPlace(*next)) return std::nullopt;
  if (*next->script_word != *before.script_word + 1) return std::nullopt;
  return static_cast<std::size_t>(next - begin);
}

/// As in "an apple", "see it" and "black cat". Only vowels have a stress.
bool CanLink(const WordScore& one, const WordScore& other) {
  const Phone first = one.phones.back().phone, second = other.phones.front().phone;
  return second.stress != Stress::kNone || first.id == second.id;
}

bool EndsInOneOf(std::string_view word, const auto& endings) {
  return std::ranges::any_of(endings, [&](std::string_view e) { return word.ends_with(e); });
}

constexpr std::array<std::string_view, 8> kTens = {"twenty", "thirty",  "forty",  "fifty",
                                                   "sixty",  "seventy", "eighty", "ninety"};

/// Whether the word is "thirteen" or "thirty".
bool TeenOrTen(std::string_view word) {
  return word.ends_with("teen") || std::ranges::find(kTens, word) != kTens.end();
}

/// Whether an ending has drawn the stress to where it stands, as prosody/moving-stress has it: one
/// or two syllables lie behind it.
bool EndingRules(const WordScore& word, std::size_t stressed) {
  constexpr std::array<std::string_view, 9> kEndings = {"ic",  "ical",   "ity",  "ion",  "ian",
                                                        "ial", "graphy", "logy", "cracy"};
  const std::size_t behind = word.syllables.size() - stressed - 1;
  return word.syllables.size() > 2 && (behind == 1 || behind == 2) &&
         EndsInOneOf(word.text, kEndings);
}

}  // namespace

ProsodyPlace StressPlace(const WordScore& word) {
  ProsodyPlace place{.kind = PlaceKind::kStress};
  for (std::size_t s = 0; s < word.syllables.size(); ++s) {
    const SyllableScore& syllable = word.syllables[s];
    if (syllable.syllable.stress == Stress::kPrimary) place.syllable = s;
    if (syllable.stress_heard == Stress::kPrimary) place.heard_syllable = s;
  }
  return place;
}

std::optional<Placed> WrongStress(const Analysis& analysis) {
  std::optional<Placed> worst;
  double lowest = 0.0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    // Without a mark the first one counts.
    const double mark = word.stress.value_or(100.0);
    if (!StressIsWrong(word) || (worst && mark >= lowest)) continue;
    worst = Placed{w, StressPlace(word)};
    lowest = mark;
  }
  return worst;
}

std::optional<Placed> BrokenPhrase(const Analysis& analysis) {
  const Pause* longest = nullptr;
  const auto length = [](const Pause& pause) { return pause.span.end - pause.span.begin; };
  for (const Pause& pause : analysis.pauses) {
    if (pause.expected || !pause.after_word) continue;
    if (longest == nullptr || length(pause) > length(*longest)) longest = &pause;
  }
  if (longest == nullptr) return std::nullopt;
  const std::size_t word = *longest->after_word;
  ProsodyPlace place{.kind = PlaceKind::kPause, .next_word = NextOfText(analysis, word)};
  if (place.next_word && CanLink(analysis.words[word], analysis.words[*place.next_word]))
    place.kind = PlaceKind::kLink;
  return Placed{word, place};
}

std::optional<Placed> WrongEnding(const Analysis& analysis) {
  std::optional<Placed> worst;
  double farthest = 0.0;
  for (const SentenceMelody& sentence : analysis.prosody.sentences) {
    for (const PhraseEnd& end : sentence.ends) {
      const bool unsure = analysis.words[end.nucleus_word].band == Band::kNotSure;
      if (unsure || end.agrees.value_or(true) || std::abs(end.semitones) <= farthest) continue;
      farthest = std::abs(end.semitones);
      const bool rise = end.asked == AskedMovement::kRise;
      worst = Placed{
          end.nucleus_word,
          {.kind = rise ? PlaceKind::kRise : PlaceKind::kFall, .syllable = end.nucleus_syllable}};
    }
  }
  return worst;
}

std::vector<std::string_view> TopicsFor(const Analysis& analysis, const Placed& placed) {
  const WordScore& word = analysis.words[placed.word];
  switch (placed.place.kind) {
    case PlaceKind::kStress:
      if (TeenOrTen(word.text)) return {"prosody/teens-and-tens", "prosody/word-stress"};
      if (EndingRules(word, placed.place.syllable.value_or(0)))
        return {"prosody/moving-stress", "prosody/word-stress"};
      return {"prosody/word-stress"};
    case PlaceKind::kLink:
      return {"prosody/linking", "prosody/pausing"};
    case PlaceKind::kPause:
      return {"prosody/pausing"};
    case PlaceKind::kFall:
      return {"prosody/falling-tone"};
    case PlaceKind::kRise:
      return {"prosody/rising-tone"};
  }
  return {};
}

}  // namespace euphone
