#include "session/aligned_reading.h"

#include <cstddef>

namespace euphone {

AlignedReading AlignedReading::With(const Alignment& other) const {
  return {.script = script,
          .pronunciations = pronunciations,
          .alignment = other,
          .posteriors = posteriors,
          .grid = grid,
          .pcm = pcm};
}

std::vector<WordEvidence> EvidenceOf(const AlignedReading& reading) {
  std::vector<WordEvidence> evidence(reading.script.words.size());
  for (const Reading& step : reading.alignment.readings) {
    if (step.kind != ReadingKind::kRead) continue;
    WordEvidence& word = evidence[step.word];
    word.phones = reading.pronunciations[step.word][step.variant].phones;
    word.spans = step.phones;
    for (const PhoneSpan& span : step.phones)
      word.evidence.push_back(MeasureEvidence(reading.posteriors, reading.grid, span));
  }
  return evidence;
}

SentenceEvidence SentenceOf(const AlignedReading& reading,
                            const std::vector<WordEvidence>& evidence, std::size_t first,
                            std::size_t count) {
  SentenceEvidence sentence;
  const auto at = evidence.begin() + static_cast<std::ptrdiff_t>(first);
  sentence.words.assign(at, at + static_cast<std::ptrdiff_t>(count));
  sentence.pcm = reading.pcm;
  sentence.grid = reading.grid;
  return sentence;
}

}  // namespace euphone
