#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "score/scorer.h"

namespace euphone {

/// What a scoring model may ask to know of each phone besides the acoustic model's answer: the
/// correlates of stress and phrasing (Fry 1955, 1958; see prominence.h), and what the text asks
/// for.
enum class ProsodyTerm {
  kLogDuration,    ///< Natural log of its length in seconds.
  kPauseBefore,    ///< Seconds between the phone before it in the sentence and it; 0 for the first.
  kPrimaryStress,  ///< 1 for a vowel that the pronunciation stresses, else 0.
  kSecondaryStress,  ///< The same for secondary stress.
  kLevelDb,          ///< Its level less the mean over the sentence's phones, dB.
  kPitchSemitones,   ///< Pitch at its centre less the mean over the voiced ones; 0 if not voiced.
  kVoiced,           ///< 1 if its centre is periodic, else 0.
};
inline constexpr std::size_t kProsodyTerms = 7;
inline constexpr std::array<std::string_view, kProsodyTerms> kProsodyNames = {
    "log_duration", "pause_before",    "primary_stress", "secondary_stress",
    "level_db",     "pitch_semitones", "voiced"};
using PhoneProsody = std::array<double, kProsodyTerms>;

/// One value set for each phone that was read, in order. Spans are clamped to the audio. REQUIRES:
/// the sentence's grid and audio; spans in time order, none empty.
std::vector<PhoneProsody> MeasureProsody(const SentenceEvidence& sentence);

}  // namespace euphone
