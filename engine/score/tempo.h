#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/units.h"

namespace euphone {

/// How fast and how evenly a passage was read.
struct Tempo {
  double speech_rate = 0.0;  ///< Syllables per second from first to last word, pauses included.
  double articulation_rate = 0.0;  ///< Syllables per second, pauses left out.
  double words_per_minute = 0.0;   ///< Pauses included.
  double pause_ratio = 0.0;        ///< Share of pauses between first and last word, 0–1.
  double mean_run = 0.0;           ///< Mean number of syllables between pauses.
  double disfluencies = 0.0;       ///< Repetitions and insertions per word read.
};

/// One reading as tempo sees it; repetitions and insertions count as speech but not as syllables of
/// the text.
struct SpokenStretch {
  std::int64_t begin = 0;  ///< Samples [begin, end).
  std::int64_t end = 0;
  std::size_t syllables = 0;
  bool disfluent = false;
};

/// Silences shorter than this belong to the sounds (a plosive's closure), not to the phrasing
/// (Goldman-Eisler uses 250 ms for pauses of planning; read speech has shorter ones).
inline constexpr Millis kShortestPause{150};

/// `stretches`: in time order, not overlapping; may be empty, which gives zeros.
Tempo MeasureTempo(std::span<const SpokenStretch> stretches, SampleRate rate);

/// What fluency is predicted from.
inline constexpr std::size_t kTempoTerms = 6;
inline constexpr std::array<std::string_view, kTempoTerms> kTempoNames = {
    "speech_rate", "articulation_rate", "pause_ratio", "log_mean_run", "disfluencies", "accuracy"};
std::array<double, kTempoTerms> TempoTerms(const Tempo& tempo, double accuracy);

}  // namespace euphone
