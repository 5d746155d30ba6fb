#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/units.h"

namespace euphone {

/// How vowels and consonants alternate. An interval is a run of vowels or of consonants, across the
/// borders of words, without a pause in it. English, "stress-timed", has long and short vowels side
/// by side: read by natives it has high nPVI and low %V (Ramus et al. 1999, Grabe and Low 2002).
struct Rhythm {
  double npvi_vowels = 0.0;          ///< Normalised pairwise variability index of vowels, 0–200.
  double rpvi_consonants_ms = 0.0;   ///< Raw pairwise variability index of consonants.
  double vowel_percent = 0.0;        ///< %V: share of vowels in the time without pauses.
  double delta_consonants_ms = 0.0;  ///< ΔC: standard deviation of consonant intervals.
  double varco_vowels = 0.0;         ///< Standard deviation over mean of vowels, % (White and
                                     ///< Mattys 2007).
};

/// Samples [begin, end) of a phone.
struct SoundSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool vowel = false;
};

/// Fewer vowels say nothing about a rhythm.
inline constexpr std::size_t kFewestVowels = 5;

/// `sounds`: in time order, not overlapping. A gap of at least kShortestPause ends an interval, and
/// no pair reaches across it. Absent with fewer than kFewestVowels vowel intervals, or without two
/// neighbouring intervals of each kind.
std::optional<Rhythm> MeasureRhythm(std::span<const SoundSpan> sounds, SampleRate rate);

}  // namespace euphone
