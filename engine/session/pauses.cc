#include "session/pauses.h"

#include <algorithm>

#include "base/units.h"
#include "score/tempo.h"

namespace euphone {
namespace {

// A pause that long inside a clause is heard as a hesitation ("long" pauses in the fluency
// literature start at 400 ms).
constexpr Millis kHesitation{500};
// Between sentences even a fast reader stops for more than this.
constexpr Millis kNoBreak{60};

bool Spoken(const WordScore& word) { return word.span.end > word.span.begin; }

bool PauseExpectedAfter(const Analysis& analysis, const WordScore& word) {
  return word.script_word && analysis.script.words[*word.script_word].pause_expected_after;
}

/// Whether `word` begins a sentence and follows the last word of the one before, both as the text
/// has them.
bool GoesOnToNextSentence(const Analysis& analysis, const WordScore& previous,
                          const WordScore& word) {
  const auto in_place = [](const WordScore& w) {
    return w.script_word && w.error != WordError::kRepeated && w.error != WordError::kInserted;
  };
  return in_place(previous) && in_place(word) && *previous.script_word + 1 == *word.script_word &&
         std::ranges::count(analysis.script.sentences, *word.script_word,
                            &SentenceSpan::first_word) > 0;
}

void MarkUnlessGraver(WordScore& word, WordError error) {
  if (word.error == WordError::kNone) word.error = error;
}

}  // namespace

std::vector<Pause> FindPauses(const Analysis& analysis) {
  const std::int64_t shortest = SamplesIn(kShortestPause, SampleRate{analysis.rate});
  const std::int64_t hesitation = SamplesIn(kHesitation, SampleRate{analysis.rate});
  std::vector<Pause> pauses;
  std::int64_t silent_since = 0;
  std::optional<std::size_t> last_word;
  const auto add = [&](std::int64_t until) {
    if (until - silent_since < shortest) return;
    const bool expected = !last_word || PauseExpectedAfter(analysis, analysis.words[*last_word]) ||
                          until - silent_since < hesitation;
    pauses.push_back(
        {.span = {silent_since, until}, .after_word = last_word, .expected = expected});
  };
  for (std::size_t i = 0; i < analysis.words.size(); ++i) {
    if (!Spoken(analysis.words[i])) continue;
    add(analysis.words[i].span.begin);
    silent_since = analysis.words[i].span.end;
    last_word = i;
  }
  if (last_word) {
    add(analysis.samples);
    if (!pauses.empty() && pauses.back().after_word == last_word)
      pauses.back().expected = true;  // The end.
  }
  return pauses;
}

std::vector<Break> FindBreaks(const Analysis& analysis) {
  const SampleRate rate{analysis.rate};
  std::vector<Break> breaks;
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < analysis.words.size(); ++i) {
    const WordScore& word = analysis.words[i];
    if (!Spoken(word)) continue;
    if (last) {
      const WordScore& previous = analysis.words[*last];
      const std::int64_t gap = word.span.begin - previous.span.end;
      if (gap >= SamplesIn(kHesitation, rate) && !PauseExpectedAfter(analysis, previous))
        breaks.push_back({BreakKind::kUnexpected, *last, gap});
      if (gap < SamplesIn(kNoBreak, rate) && GoesOnToNextSentence(analysis, previous, word))
        breaks.push_back({BreakKind::kMissing, *last, std::max<std::int64_t>(0, gap)});
    }
    last = i;
  }
  return breaks;
}

void MarkPauses(std::span<const Break> breaks, Analysis& analysis) {
  for (const Break& place : breaks) {
    MarkUnlessGraver(analysis.words[place.after_word], place.kind == BreakKind::kUnexpected
                                                           ? WordError::kUnexpectedPause
                                                           : WordError::kMissingPause);
  }
}

}  // namespace euphone
