#include "score/intonation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "text/sentence_ending.h"

namespace euphone {
namespace {

// Of stretches of eight words that native readers read, one in twenty has a narrower range. Found,
// as the next two, by `python -m euphone_train.calibrate.prosody`; see
// docs/decisions/019-prosody.md.
constexpr double kMonotoneBelow = 4.0;
constexpr std::size_t kFewestWords = 6;
// Of whole statements, one in twenty rises by more.
constexpr double kRisesBy = 3.7;
// Of statements, half fall by more: what goes down so far ends like one.
constexpr double kFallsBy = 1.7;

constexpr std::size_t kFewestFrames = 30;     // Of a melody: 0.3 s.
constexpr std::size_t kFewestEndFrames = 10;  // Of its end: 0.1 s.
constexpr std::ptrdiff_t kEdgeFrames = 5;     // Of the end, at either side: 50 ms.

bool Measurable(const Analysis& analysis) {
  const auto& findings = analysis.quality.findings;
  return analysis.prosody.voice.hop > 0 &&
         std::ranges::find(findings, FindingKind::kClipped, &Finding::kind) == findings.end();
}

bool WasRead(const WordScore& word) { return word.script_word && !word.phones.empty(); }

/// Adds the pitch of each voiced frame in the span, in semitones above 1 Hz.
void AddPitches(const VoiceTrack& voice, SampleSpan span, std::vector<double>& pitches) {
  const auto frames = static_cast<std::int64_t>(voice.pitch_hz.size());
  const std::int64_t end = std::min(frames, span.end / voice.hop);
  for (std::int64_t i = span.begin / voice.hop; i < end; ++i) {
    const auto hz = static_cast<double>(voice.pitch_hz[static_cast<std::size_t>(i)]);
    if (hz > 0.0) pitches.push_back(12.0 * std::log2(hz));
  }
}

double Quantile(std::vector<double>& values, double share) {
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

/// Positions in Analysis::words of what was read of script words [first, end), in time order.
std::vector<std::size_t> ReadWords(const Analysis& analysis, std::size_t first, std::size_t end) {
  std::vector<std::size_t> read;
  for (std::size_t i = 0; i < analysis.words.size(); ++i) {
    const WordScore& word = analysis.words[i];
    if (WasRead(word) && *word.script_word >= first && *word.script_word < end) read.push_back(i);
  }
  return read;
}

std::vector<double> PitchesOf(const Analysis& analysis, std::span<const std::size_t> words) {
  std::vector<double> pitches;
  for (const std::size_t i : words)
    AddPitches(analysis.prosody.voice, analysis.words[i].span, pitches);
  return pitches;
}

/// The nuclear syllable of a phrase: word and syllable.
std::optional<std::pair<std::size_t, std::size_t>> NucleusOf(const Analysis& analysis,
                                                             std::span<const std::size_t> words) {
  for (std::size_t i = words.size(); i-- > 0;) {
    const WordScore& word = analysis.words[words[i]];
    if (word.origin == Origin::kWeakForm) continue;
    for (std::size_t s = word.syllables.size(); s-- > 0;) {
      if (word.syllables[s].syllable.stress == Stress::kPrimary) return std::pair{words[i], s};
    }
  }
  return std::nullopt;
}

Movement MovementOf(double semitones) {
  if (semitones > kRisesBy) return Movement::kRise;
  return semitones < -kFallsBy ? Movement::kFall : Movement::kLevel;
}

/// Level neither does what the text asks for nor the contrary.
std::optional<bool> Agrees(Movement heard, AskedMovement asked) {
  if (asked == AskedMovement::kAny || heard == Movement::kLevel) return std::nullopt;
  return (heard == Movement::kRise) == (asked == AskedMovement::kRise);
}

/// The end of a phrase of these words.
std::optional<PhraseEnd> EndOf(const Analysis& analysis, std::span<const std::size_t> words,
                               AskedMovement asked) {
  const auto nucleus = NucleusOf(analysis, words);
  if (!nucleus) return std::nullopt;
  const WordScore& word = analysis.words[nucleus->first];
  const std::size_t vowel = word.syllables[nucleus->second].syllable.nucleus;
  std::vector<double> pitches;
  AddPitches(analysis.prosody.voice,
             {word.phones[vowel].span.begin, analysis.words[words.back()].span.end}, pitches);
  if (pitches.size() < kFewestEndFrames) return std::nullopt;
  const double first = std::accumulate(pitches.begin(), pitches.begin() + kEdgeFrames, 0.0);
  const double last = std::accumulate(pitches.end() - kEdgeFrames, pitches.end(), 0.0);
  PhraseEnd end{.word = words.back(),
                .nucleus_word = nucleus->first,
                .nucleus_syllable = nucleus->second,
                .semitones = (last - first) / static_cast<double>(kEdgeFrames),
                .heard = Movement::kLevel,
                .asked = asked,
                .agrees = std::nullopt};
  end.heard = MovementOf(end.semitones);
  end.agrees = Agrees(end.heard, asked);
  return end;
}

AskedMovement AskedBy(SentenceEnding ending) {
  switch (ending) {
    case SentenceEnding::kStatement:
    case SentenceEnding::kWhQuestion:
      return AskedMovement::kFall;
    case SentenceEnding::kYesNoQuestion:
      return AskedMovement::kRise;
    case SentenceEnding::kOpen:
      break;
  }
  return AskedMovement::kAny;
}

std::vector<PhraseEnd> EndsOf(const Analysis& analysis, const SentenceSpan& sentence) {
  std::vector<PhraseEnd> ends;
  const std::size_t last = sentence.first_word + sentence.word_count - 1;
  std::size_t first = sentence.first_word;
  for (std::size_t i = first; i <= last; ++i) {
    if (i != last && !analysis.script.words[i].pause_expected_after) continue;
    const std::vector<std::size_t> words = ReadWords(analysis, first, i + 1);
    first = i + 1;
    if (words.empty() || analysis.words[words.back()].script_word != i) continue;
    const AskedMovement asked =
        i == last ? AskedBy(EndingOf(analysis.script, sentence)) : AskedMovement::kAny;
    if (auto end = EndOf(analysis, words, asked)) ends.push_back(*end);
  }
  return ends;
}

}  // namespace

std::optional<double> MiddlePitch(const Analysis& analysis) {
  if (!Measurable(analysis)) return std::nullopt;
  std::vector<double> pitches =
      PitchesOf(analysis, ReadWords(analysis, 0, analysis.script.words.size()));
  if (pitches.size() < kFewestFrames) return std::nullopt;
  return std::exp2(Quantile(pitches, 0.5) / 12.0);
}

std::vector<SentenceMelody> MeasureMelody(const Analysis& analysis) {
  std::vector<SentenceMelody> melodies;
  for (std::size_t i = 0; i < analysis.script.sentences.size(); ++i) {
    const SentenceSpan& sentence = analysis.script.sentences[i];
    SentenceMelody& melody = melodies.emplace_back();
    melody.sentence = i;
    if (!Measurable(analysis)) continue;
    const std::vector<std::size_t> words =
        ReadWords(analysis, sentence.first_word, sentence.first_word + sentence.word_count);
    std::vector<double> pitches = PitchesOf(analysis, words);
    if (pitches.size() < kFewestFrames) continue;
    melody.range_semitones = Quantile(pitches, 0.95) - Quantile(pitches, 0.05);
    if (words.size() >= kFewestWords) melody.monotone = *melody.range_semitones < kMonotoneBelow;
    melody.ends = EndsOf(analysis, sentence);
  }
  return melodies;
}

}  // namespace euphone
