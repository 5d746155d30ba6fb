#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace euphone {

/// How far a syllable's nucleus stands out from the others of its word: the acoustic correlates of
/// English stress (Fry 1955, 1958), each as the difference from the word's mean, so that microphone
/// and speaker drop out.
enum class ProminenceTerm { kLogDuration, kLevelDb, kPitchSemitones };
inline constexpr std::size_t kProminenceTerms = 3;
inline constexpr std::array<std::string_view, kProminenceTerms> kProminenceNames = {
    "log_duration", "level_db", "pitch_semitones"};
using Prominence = std::array<double, kProminenceTerms>;

/// Samples [begin, end) of a vowel.
struct NucleusSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

/// One value set per nucleus. Spans are clamped to the audio. With fewer than two nuclei all terms
/// are 0.
std::vector<Prominence> MeasureProminence(PcmView pcm, SampleRate rate,
                                          std::span<const NucleusSpan> nuclei);

/// Mean power in dB relative to full scale, at least −120.
double LevelDb(PcmView pcm);

/// Each value's difference from the mean of those that are there; 0 for those that are not.
std::vector<double> Centred(const std::vector<std::optional<double>>& values);

/// Fundamental frequency in Hz of a voiced stretch by normalised autocorrelation (Boersma 1993),
/// 75–500 Hz; nullopt when it is not periodic. Looks at 40 ms around `centre`.
std::optional<double> PitchAt(PcmView pcm, SampleRate rate, std::int64_t centre);

}  // namespace euphone
