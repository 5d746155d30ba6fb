#include "score/tempo.h"

#include <cmath>

namespace euphone {

Tempo MeasureTempo(std::span<const SpokenStretch> stretches, SampleRate rate) {
  if (stretches.empty()) return {};
  const std::int64_t shortest_pause = SamplesIn(kShortestPause, rate);
  std::int64_t paused = 0;
  double syllables = 0.0, words = 0.0, disfluent = 0.0, runs = 1.0;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const SpokenStretch& stretch = stretches[i];
    if (stretch.disfluent) {
      disfluent += 1.0;
    } else {
      words += 1.0;
      syllables += static_cast<double>(stretch.syllables);
    }
    if (i == 0) continue;
    const std::int64_t gap = stretch.begin - stretches[i - 1].end;
    if (gap < shortest_pause) continue;
    paused += gap;
    runs += 1.0;
  }
  const double total = SecondsIn(stretches.back().end - stretches.front().begin, rate);
  const double speaking = total - SecondsIn(paused, rate);
  if (speaking <= 0.0) return {};
  return {.speech_rate = syllables / total,
          .articulation_rate = syllables / speaking,
          .words_per_minute = 60.0 * words / total,
          .pause_ratio = 1.0 - speaking / total,
          .mean_run = syllables / runs,
          .disfluencies = words > 0.0 ? disfluent / words : disfluent};
}

std::array<double, kTempoTerms> TempoTerms(const Tempo& tempo, double accuracy) {
  return {tempo.speech_rate,          tempo.articulation_rate, tempo.pause_ratio,
          std::log1p(tempo.mean_run), tempo.disfluencies,      accuracy};
}

}  // namespace euphone
