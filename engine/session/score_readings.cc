#include "session/score_readings.h"

#include <algorithm>
#include <string>

#include "score/diagnosis.h"
#include "session/pauses.h"

namespace euphone {
namespace {

constexpr double kAccuracyWeight = 0.8, kFluencyWeight = 0.1, kProsodyWeight = 0.1;

SampleSpan Samples(const FrameGrid& grid, std::size_t begin, std::size_t end) {
  return {grid.BoundaryBefore(begin), grid.BoundaryBefore(end)};
}

std::string HeardText(const Reading& reading, const PhoneSet& phone_set) {
  std::string text = "/";
  for (const PhoneSpan& span : reading.phones) {
    if (text.size() > 1) text += ' ';
    text += phone_set.info(static_cast<PhoneId>(span.phone)).arpabet;
  }
  return text + "/";
}

WordError ErrorOf(ReadingKind kind) {
  switch (kind) {
    case ReadingKind::kOmitted:
      return WordError::kOmitted;
    case ReadingKind::kRepeated:
      return WordError::kRepeated;
    case ReadingKind::kInserted:
      return WordError::kInserted;
    case ReadingKind::kRead:
      break;
  }
  return WordError::kNone;
}

/// Weighted mean of the scores that are there.
std::optional<double> Total(const Scores& scores) {
  double sum = 0.0, weights = 0.0;
  const auto add = [&](const std::optional<double>& score, double weight) {
    if (!score) return;
    sum += weight * *score;
    weights += weight;
  };
  add(scores.accuracy, kAccuracyWeight);
  add(scores.fluency, kFluencyWeight);
  add(scores.prosody, kProsodyWeight);
  if (weights == 0.0) return std::nullopt;
  return sum / weights;
}

/// Works through one recording; the members are what its steps share.
class ReadingScorer {
 public:
  ReadingScorer(const AlignedReading& reading, const LanguagePack& pack,
                const Calibration& calibration, const Scorer& scorer, Analysis& analysis)
      : reading_(reading),
        pack_(pack),
        calibration_(calibration),
        scorer_(scorer),
        analysis_(analysis) {}

  Status Run() {
    evidence_ = EvidenceOf(reading_);
    analysis_.words.clear();
    for (const Reading& step : reading_.alignment.readings)
      analysis_.words.push_back(Described(step));
    if (auto status = JudgeSentences(); !status) return status;
    Diagnose(calibration_, analysis_);
    analysis_.pauses = FindPauses(analysis_);
    analysis_.prosody.breaks = FindBreaks(analysis_);
    MarkPauses(analysis_.prosody.breaks, analysis_);
    return {};
  }

 private:
  WordScore Described(const Reading& step) const {
    WordScore word;
    word.error = ErrorOf(step.kind);
    word.span = Samples(reading_.grid, step.begin, step.end);
    if (step.kind == ReadingKind::kInserted) {
      word.text = HeardText(step, pack_.phones);
      return word;
    }
    word.text = reading_.script.words[step.word].text;
    word.script_word = step.word;
    if (step.kind == ReadingKind::kOmitted) {
      word.accuracy = 0.0;
      word.band = Band::kNotAsWritten;
    }
    const auto& variants = reading_.pronunciations[step.word];
    if (step.variant < variants.size()) word.origin = variants[step.variant].origin;
    return word;
  }

  Status JudgeSentences() {
    for (std::size_t i = 0; i < reading_.script.sentences.size(); ++i) {
      const SentenceSpan& sentence = reading_.script.sentences[i];
      auto judged = Judge(sentence.first_word, sentence.word_count);
      if (!judged) return judged.error();
      analysis_.sentences.push_back({.sentence = i,
                                     .span = SpanOf(sentence.first_word, sentence.word_count),
                                     .scores = judged->scores});
      FillWords(sentence.first_word, judged->judgement);
      if (reading_.script.sentences.size() == 1) analysis_.scores = judged->scores;
    }
    if (reading_.script.sentences.size() > 1) {
      auto whole = Judge(0, reading_.script.words.size());
      if (!whole) return whole.error();
      analysis_.scores = whole->scores;
    }
    analysis_.tempo = TempoOf(0, reading_.script.words.size());
    return {};
  }

  struct Judged {
    Judgement judgement;
    Scores scores;
  };

  Result<Judged> Judge(std::size_t first, std::size_t count) const {
    SentenceEvidence sentence = SentenceOf(reading_, evidence_, first, count);
    sentence.tempo = TempoOf(first, count);
    auto judgement = scorer_.Judge(sentence, reading_.posteriors);
    if (!judgement) return judgement.error();
    const auto read = std::count_if(sentence.words.begin(), sentence.words.end(),
                                    [](const WordEvidence& word) { return !word.phones.empty(); });
    Scores scores;
    scores.accuracy = judgement->accuracy;
    scores.completeness = 100.0 * static_cast<double>(read) / static_cast<double>(count);
    if (read != 0) {
      scores.fluency = judgement->fluency;
      scores.prosody = judgement->prosody;
      scores.total = judgement->total;
      scores.uncertainty = judgement->spread;
    }
    if (!scores.total) scores.total = Total(scores);
    return Judged{*std::move(judgement), scores};
  }

  bool InSentence(const Reading& step, std::size_t first, std::size_t count) const {
    return step.kind != ReadingKind::kOmitted && step.word >= first && step.word < first + count;
  }

  Tempo TempoOf(std::size_t first, std::size_t count) const {
    std::vector<SpokenStretch> stretches;
    for (const Reading& step : reading_.alignment.readings) {
      if (!InSentence(step, first, count)) continue;
      const SampleSpan span = Samples(reading_.grid, step.begin, step.end);
      const bool disfluent = step.kind != ReadingKind::kRead;
      const auto vowels =
          std::count_if(step.phones.begin(), step.phones.end(), [&](const PhoneSpan& phone) {
            return pack_.phones.info(static_cast<PhoneId>(phone.phone)).vowel;
          });
      stretches.push_back({span.begin, span.end, static_cast<std::size_t>(vowels), disfluent});
    }
    return MeasureTempo(stretches, reading_.grid.rate);
  }

  SampleSpan SpanOf(std::size_t first, std::size_t count) const {
    SampleSpan whole{-1, -1};
    for (const Reading& step : reading_.alignment.readings) {
      if (!InSentence(step, first, count)) continue;
      const SampleSpan span = Samples(reading_.grid, step.begin, step.end);
      if (whole.begin < 0) whole.begin = span.begin;
      whole.end = span.end;
    }
    return whole.begin < 0 ? SampleSpan{} : whole;
  }

  void FillWords(std::size_t first, const Judgement& judgement) {
    for (WordScore& word : analysis_.words) {
      if (!word.script_word || word.error != WordError::kNone) continue;
      const std::size_t index = *word.script_word - first;
      if (*word.script_word < first || index >= judgement.words.size()) continue;
      FillWord(evidence_[*word.script_word], judgement.words[index], word);
    }
  }

  void FillWord(const WordEvidence& evidence, const Judgement::Word& judged,
                WordScore& word) const {
    for (std::size_t i = 0; i < evidence.phones.size(); ++i) {
      word.phones.push_back(
          {.phone = evidence.phones[i],
           .span = Samples(reading_.grid, evidence.spans[i].begin, evidence.spans[i].end),
           .score = judged.phones[i],
           .band = calibration_.phone_bands.At(judged.phones[i]),
           .heard = judged.heard.empty() ? MeasureHeard(reading_.posteriors, evidence.spans[i])
                                         : judged.heard[i],
           .evidence = evidence.evidence[i]});
      if (!judged.phone_spreads.empty()) word.phones[i].uncertainty = judged.phone_spreads[i];
    }
    word.accuracy = judged.accuracy;
    word.stress = judged.stress;
    word.total = judged.total;
    word.uncertainty = judged.spread;
    word.band = calibration_.word_bands.At(judged.accuracy);
    if (judged.accuracy < calibration_.mispronounced_below) word.error = WordError::kMispronounced;
    const double margin =
        calibration_.TextMargin(reading_.alignment.fit, reading_.alignment.chance_fit);
    const bool doubtful = word.origin == Origin::kG2p || margin < calibration_.unsure_below;
    if (doubtful && word.error == WordError::kMispronounced) {
      // The pronunciation was guessed, or the reading strays from the text: the machine may be the
      // one that is wrong.
      word.error = WordError::kNone;
      word.band = Band::kNotSure;
    }
    FillSyllables(evidence, word);
  }

  void FillSyllables(const WordEvidence& evidence, WordScore& word) const {
    std::vector<NucleusSpan> nuclei;
    for (const Syllable& syllable : pack_.syllabifier.Syllabify(evidence.phones)) {
      SyllableScore score;
      score.syllable = syllable;
      const std::size_t last = syllable.first + syllable.count - 1;
      score.span = {word.phones[syllable.first].span.begin, word.phones[last].span.end};
      for (std::size_t i = syllable.first; i <= last; ++i) score.score += word.phones[i].score;
      score.score /= static_cast<double>(syllable.count);
      const SampleSpan& nucleus = word.phones[syllable.nucleus].span;
      nuclei.push_back({nucleus.begin, nucleus.end});
      word.syllables.push_back(score);
    }
    HearStress(nuclei, word);
  }

  /// The syllable that stands out most carries the stress, if it does so clearly.
  void HearStress(const std::vector<NucleusSpan>& nuclei, WordScore& word) const {
    if (nuclei.size() < 2) return;
    const auto prominences = MeasureProminence(reading_.pcm, reading_.grid.rate, nuclei);
    std::vector<double> strength;
    for (std::size_t i = 0; i < prominences.size(); ++i) {
      word.syllables[i].prominence = prominences[i];
      strength.push_back(calibration_.prominence.At(prominences[i]));
    }
    const auto strongest = std::max_element(strength.begin(), strength.end());
    const auto clear = [&](double other) {
      return *strongest - other >= calibration_.prominence_margin;
    };
    for (auto it = strength.begin(); it != strength.end(); ++it) {
      if (it != strongest && !clear(*it)) return;
    }
    for (std::size_t i = 0; i < strength.size(); ++i) {
      const bool winner = strength.begin() + static_cast<std::ptrdiff_t>(i) == strongest;
      word.syllables[i].stress_heard = winner ? Stress::kPrimary : Stress::kUnstressed;
    }
  }

  const AlignedReading& reading_;
  const LanguagePack& pack_;
  const Calibration& calibration_;
  const Scorer& scorer_;
  Analysis& analysis_;
  std::vector<WordEvidence> evidence_;  // Of each script word.
};

}  // namespace

Status ScoreReadings(const AlignedReading& reading, const LanguagePack& pack,
                     const Calibration& calibration, const Scorer& scorer, Analysis& analysis) {
  return ReadingScorer(reading, pack, calibration, scorer, analysis).Run();
}

void ListWordsUnscored(const Script& script, Analysis& analysis) {
  for (std::size_t i = 0; i < script.words.size(); ++i) {
    WordScore word;
    word.text = script.words[i].text;
    word.script_word = i;
    analysis.words.push_back(std::move(word));
  }
}

}  // namespace euphone
