#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audio/quality.h"
#include "lexicon/pronunciation.h"
#include "score/advice.h"
#include "score/evidence.h"
#include "score/prominence.h"
#include "score/prosody.h"
#include "score/tempo.h"
#include "text/script.h"

namespace euphone {

/// Samples [begin, end) of the analysed audio, at Analysis::rate.
struct SampleSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  friend bool operator==(const SampleSpan&, const SampleSpan&) = default;
};

/// What a score means to a learner; edges follow the rubric of the human labels, not round numbers.
enum class Band { kClear, kSlightlyAccented, kHardToUnderstand, kNotAsWritten, kNotSure };

/// What is claimed of a sound. Whatever is not evident is kNotSure.
enum class Claim {
  kRight,        ///< It was said as expected.
  kSubstituted,  ///< Another sound was said: Diagnosis::said.
  kDropped,      ///< No sound was said.
  kDistorted,    ///< It was said wrong, but not evidently as another sound.
  kNotSure,
};

struct Diagnosis {
  Claim claim = Claim::kNotSure;
  std::optional<PhoneId> said;  ///< kSubstituted only.
  double probability = 0.0;  ///< That human raters agree that it is right, or wrong; 0 if not sure.
};

/// What is claimed of a word as a whole.
enum class Certainty { kRight, kWrong, kNotSure };

struct PhoneScore {
  Phone phone;
  SampleSpan span;
  double score =
      0.0;  ///< 0–100, calibrated on human ratings (0 wrong, 50 heavy accent, 100 right).
  Band band = Band::kNotSure;
  Heard heard;          ///< What was heard in its place; the expected phone is first if it won.
  Evidence evidence{};  ///< The raw goodness-of-pronunciation terms of the sound.
  /// How far the scorer's ensemble disagrees, in points; absent where there is none.
  std::optional<double> uncertainty = std::nullopt;
  /// Absent where the scorer has no rule for what may be claimed.
  std::optional<Diagnosis> diagnosis = std::nullopt;
};

struct SyllableScore {
  Syllable syllable;
  SampleSpan span;
  double score = 0.0;                  ///< 0–100, mean of its phones.
  Prominence prominence{};             ///< How far its vowel stands out in its word.
  std::optional<Stress> stress_heard;  ///< Primary or unstressed; absent where it cannot be told.
};

/// At most one per word, the gravest.
enum class WordError {
  kNone,
  kMispronounced,
  kOmitted,
  kInserted,
  kRepeated,
  kUnexpectedPause,
  kMissingPause
};

struct WordScore {
  std::string text;  ///< As spoken; for insertions the ARPAbet heard, in slashes.
  std::optional<std::size_t> script_word;  ///< Index into Script::words; absent for insertions.
  SampleSpan span;                         ///< Empty for omitted words.
  std::optional<double> accuracy;          ///< 0–100; absent for inserted and repeated words.
  std::optional<double> stress;            ///< 0–100, how well its stress was placed; only where
                                           ///< the scorer judges it, as the next two.
  std::optional<double> total;             ///< 0–100, sounds and stress together.
  std::optional<double> uncertainty;       ///< Of `accuracy`, as in PhoneScore.
  std::optional<Certainty> certainty;      ///< Absent like PhoneScore::diagnosis.
  Band band = Band::kNotSure;
  WordError error = WordError::kNone;
  Origin origin = Origin::kLexicon;
  std::vector<PhoneScore> phones;
  std::vector<SyllableScore> syllables;
};

/// Silence between words, at least 150 ms.
struct Pause {
  SampleSpan span;
  std::optional<std::size_t>
      after_word;         ///< Index into Analysis::words; absent for leading silence.
  bool expected = false;  ///< Punctuation asks for it, or it is short: no hesitation.
};

/// Scores of a sentence or of the whole recording, each 0–100; absent = not measured, never
/// guessed.
struct Scores {
  std::optional<double> accuracy;
  std::optional<double> fluency;
  std::optional<double> completeness;
  std::optional<double> prosody;
  std::optional<double> total;
  std::optional<double> uncertainty = std::nullopt;  ///< Of `total`, as in PhoneScore.
};

struct SentenceScore {
  std::size_t sentence = 0;  ///< Index into Script::sentences.
  SampleSpan span;
  Scores scores;
};

enum class Verdict {
  kScored,
  kWithheld,   ///< The audio does not allow a fair score; see quality findings.
  kWrongText,  ///< Something else was said; words carry no accuracy.
};

/// How much of the text was said, as a whole.
enum class ContentKind {
  kWhole,  ///< All of it, but for a word here and there.
  kPart,   ///< A good part of it was left out.
  kTwice,  ///< Most of it was said more than once; the last time counts.
  kOther,  ///< Nothing of it.
};

struct Content {
  ContentKind kind = ContentKind::kOther;
  std::size_t first_word = 0;  ///< Of those read, index into Script::words; 0 for kOther.
  std::size_t last_word = 0;   ///< Likewise.
};

/// Where the text of an analysis comes from.
enum class TextSource {
  kWritten,     ///< It was given, to be read.
  kRecognised,  ///< A recogniser wrote down what was said.
};

/// All that is known about one recording of one text.
struct Analysis {
  std::string id;            ///< Chosen by the user, else the file's stem.
  std::string model;         ///< "name version" of the acoustic bundle.
  int rate = 16000;          ///< Samples per second of all spans.
  std::int64_t samples = 0;  ///< Length of the analysed audio.
  SourceFormat source;       ///< What the recording was before it was resampled.
  QualityReport quality;
  Script script;
  TextSource text_source = TextSource::kWritten;
  /// 0–1, how sure the recogniser was of its text: the geometric mean of the probabilities of its
  /// tokens. Absent where the text was written, and where none was recognised.
  std::optional<double> text_probability = std::nullopt;
  Verdict verdict = Verdict::kWithheld;
  double fit =
      0.0;  ///< How well the audio fits the text, nats per phone, ≤ 0; 0 where not aligned.
  double chance_fit = 0.0;  ///< How well it fits the text's phones backwards, on the same scale.
  double confidence = 0.0;  ///< 0–1 that this text was read here.
  std::optional<Content> content;  ///< Absent where the recording allows no score.
  std::vector<WordScore> words;    ///< In time order; omitted words where they should have been.
  std::vector<SentenceScore> sentences;
  Scores scores;
  Tempo tempo;
  std::vector<Pause> pauses;
  Prosody prosody;
  std::vector<Advice> advice = {};  ///< What helps most first; none without a coach.
};

}  // namespace euphone
