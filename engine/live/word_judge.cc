#include "live/word_judge.h"

#include <algorithm>
#include <string>

#include "align/boundaries.h"
#include "align/readings.h"
#include "session/aligned_reading.h"

namespace euphone {
namespace {

/// Accuracy from which on a live score is rarely far from the final one (live.close_percent): of
/// the words above it 95 % of learners' and 98 % of natives' are within 5 points, of those between
/// 85 and 93 one in ten.
constexpr double kSureFrom = 95.0;

/// Frames before the first spike that belong to its phone.
constexpr std::size_t kLead = 16;

/// `visits` without those of a word of another sentence, and without overlaps, for the tracker may
/// have changed its mind about what had settled: what was put in gives way to words.
std::vector<Reading> OneAfterAnother(std::span<const Reading> visits,
                                     const LiveSentence& sentence) {
  std::vector<Reading> kept;
  for (const Reading& visit : visits) {
    const bool inserted = visit.kind == ReadingKind::kInserted;
    const bool foreign = visit.word < sentence.first_word ||
                         visit.word >= sentence.first_word + sentence.word_count();
    if (foreign && !inserted) continue;
    const auto in_the_way = [&] { return !kept.empty() && kept.back().end > visit.begin; };
    while (!inserted && in_the_way() && kept.back().kind == ReadingKind::kInserted) kept.pop_back();
    if (!in_the_way()) kept.push_back(visit);
  }
  return kept;
}

/// The same, counted from the sentence's first word and frame `first`.
std::vector<Reading> Shifted(std::span<const Reading> visits, const LiveSentence& sentence,
                             std::size_t first) {
  const std::size_t word = sentence.first_word, count = sentence.word_count();
  std::vector<Reading> shifted = OneAfterAnother(visits, sentence);
  for (Reading& visit : shifted) {
    visit.word = std::min(visit.word - std::min(word, visit.word), count);
    visit.begin -= first;
    visit.end -= first;
    for (PhoneSpan& phone : visit.phones) {
      phone.begin -= first;
      phone.end -= first;
    }
  }
  return shifted;
}

}  // namespace

Result<std::vector<JudgedWord>> WordJudge::Judge(const LiveSentence& sentence,
                                                 std::span<const Reading> visits,
                                                 const HeardWindow& heard) const {
  std::vector<JudgedWord> words;
  if (visits.empty()) return words;
  const std::size_t begin = visits.front().begin;
  const std::size_t first = std::max(begin - std::min(begin, kLead), heard.first_frame());
  if (begin < first) return words;
  const Posteriors posteriors = heard.Frames(first);
  Alignment alignment;
  alignment.readings = ResolveVisits(Shifted(visits, sentence, first), sentence.word_count(),
                                     align_.inserted_phones);
  PlaceBoundaries(posteriors.frames, align_.boundaries, alignment.readings);
  const AlignedReading reading{.script = sentence.prepared.script,
                               .pronunciations = sentence.prepared.pronunciations,
                               .alignment = alignment,
                               .posteriors = posteriors,
                               .grid = grid_,
                               .pcm = {}};
  const auto judgement = scorer_->Judge(
      SentenceOf(reading, EvidenceOf(reading), 0, sentence.word_count()), posteriors);
  if (!judgement) return judgement.error();
  for (const Reading& step : alignment.readings) {
    if (step.kind == ReadingKind::kRead)
      words.push_back(Describe(sentence, step, judgement->words[step.word], first, posteriors));
  }
  return words;
}

JudgedWord WordJudge::Describe(const LiveSentence& sentence, const Reading& step,
                               const Judgement::Word& judged, std::size_t first_frame,
                               const Posteriors& posteriors) const {
  const auto span = [&](std::size_t begin, std::size_t end) {
    return SampleSpan{grid_.BoundaryBefore(first_frame + begin),
                      grid_.BoundaryBefore(first_frame + end)};
  };
  JudgedWord word{.word = sentence.first_word + step.word,
                  .span = span(step.begin, step.end),
                  .accuracy = judged.accuracy,
                  .band = calibration_.word_bands.At(judged.accuracy),
                  .phones = {}};
  const Pronunciation& pronunciation = sentence.prepared.pronunciations[step.word][step.variant];
  const bool guessed = pronunciation.origin == Origin::kG2p;
  const bool wrong = judged.accuracy < calibration_.mispronounced_below;
  if (wrong && guessed) word.band = Band::kNotSure;
  if (wrong && !guessed) word.error = WordError::kMispronounced;
  word.provisional = judged.accuracy < kSureFrom || guessed;
  for (std::size_t i = 0; i < judged.phones.size() && i < step.phones.size(); ++i) {
    PhoneScore phone;
    phone.phone = pronunciation.phones[i];
    phone.span = span(step.phones[i].begin, step.phones[i].end);
    phone.score = judged.phones[i];
    phone.band = calibration_.phone_bands.At(judged.phones[i]);
    phone.heard = judged.heard.empty() ? MeasureHeard(posteriors, step.phones[i]) : judged.heard[i];
    if (!judged.phone_spreads.empty()) phone.uncertainty = judged.phone_spreads[i];
    word.phones.push_back(std::move(phone));
  }
  return word;
}

}  // namespace euphone
