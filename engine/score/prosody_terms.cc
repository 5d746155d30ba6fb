#include "score/prosody_terms.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "score/prominence.h"

namespace euphone {
namespace {

double Seconds(const FrameGrid& grid, std::size_t frames) {
  return static_cast<double>(frames) * SecondsIn(grid.hop, grid.rate);
}

double& Slot(PhoneProsody& prosody, ProsodyTerm term) {
  return prosody[static_cast<std::size_t>(term)];
}

/// The terms that follow from spans and pronunciation.
PhoneProsody Timed(const FrameGrid& grid, const Phone& phone, const PhoneSpan& span,
                   std::size_t end_before) {
  PhoneProsody terms{};
  Slot(terms, ProsodyTerm::kLogDuration) = std::log(Seconds(grid, span.end - span.begin));
  Slot(terms, ProsodyTerm::kPauseBefore) =
      Seconds(grid, span.begin - std::min(span.begin, end_before));
  Slot(terms, ProsodyTerm::kPrimaryStress) = phone.stress == Stress::kPrimary ? 1.0 : 0.0;
  Slot(terms, ProsodyTerm::kSecondaryStress) = phone.stress == Stress::kSecondary ? 1.0 : 0.0;
  return terms;
}

/// The recording's samples of a phone.
PcmView SamplesOf(const SentenceEvidence& sentence, const PhoneSpan& span) {
  const auto size = static_cast<std::int64_t>(sentence.pcm.size());
  const std::int64_t begin = std::min(sentence.grid.BoundaryBefore(span.begin), size);
  const std::int64_t end = std::clamp(sentence.grid.BoundaryBefore(span.end), begin, size);
  return sentence.pcm.subspan(static_cast<std::size_t>(begin),
                              static_cast<std::size_t>(end - begin));
}

std::optional<double> Semitones(const SentenceEvidence& sentence, PcmView sound) {
  const std::int64_t centre =
      sound.data() - sentence.pcm.data() + static_cast<std::int64_t>(sound.size()) / 2;
  const auto hz = PitchAt(sentence.pcm, sentence.grid.rate, centre);
  return hz ? std::optional(12.0 * std::log2(*hz)) : std::nullopt;
}

}  // namespace

std::vector<PhoneProsody> MeasureProsody(const SentenceEvidence& sentence) {
  std::vector<PhoneProsody> all;
  std::vector<std::optional<double>> levels, pitches;
  std::optional<std::size_t> end_before;
  for (const WordEvidence& word : sentence.words) {
    for (std::size_t i = 0; i < word.spans.size(); ++i) {
      const PhoneSpan& span = word.spans[i];
      all.push_back(Timed(sentence.grid, word.phones[i], span, end_before.value_or(span.begin)));
      end_before = span.end;
      const PcmView sound = SamplesOf(sentence, span);
      levels.emplace_back(LevelDb(sound));
      pitches.push_back(Semitones(sentence, sound));
    }
  }
  const auto level = Centred(levels), pitch = Centred(pitches);
  for (std::size_t i = 0; i < all.size(); ++i) {
    Slot(all[i], ProsodyTerm::kLevelDb) = level[i];
    Slot(all[i], ProsodyTerm::kPitchSemitones) = pitch[i];
    Slot(all[i], ProsodyTerm::kVoiced) = pitches[i] ? 1.0 : 0.0;
  }
  return all;
}

}  // namespace euphone
