#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "audio/voice_track.h"
#include "score/rhythm.h"

namespace euphone {

/// Where the voice goes from a phrase's nuclear syllable to its end.
enum class Movement { kFall, kLevel, kRise };

/// Where the text asks it to go. kAny: the text leaves it open, as at a comma, where level or rise
/// are usual and a fall is no mistake.
enum class AskedMovement { kFall, kRise, kAny };

/// The end of a phrase: of a sentence, or where punctuation inside one asks for a pause.
struct PhraseEnd {
  std::size_t word = 0;  ///< The phrase's last word that was read; index into Analysis::words.
  /// The nuclear syllable, the last one with primary stress: indices into Analysis::words and its
  /// syllables.
  std::size_t nucleus_word = 0;
  std::size_t nucleus_syllable = 0;
  double semitones = 0.0;  ///< How far the voice moves from there on; above 0: upwards.
  Movement heard = Movement::kLevel;
  AskedMovement asked = AskedMovement::kAny;
  std::optional<bool> agrees;  ///< Absent where the text leaves it open.
};

/// The melody of a sentence. What was not measured (no voice, too short, clipped) is absent.
struct SentenceMelody {
  std::size_t sentence = 0;               ///< Index into Script::sentences.
  std::optional<double> range_semitones;  ///< From the 5th to the 95th percentile of its pitch.
  std::optional<bool> monotone;           ///< By that range; only of sentences long enough.
  std::vector<PhraseEnd> ends;            ///< In time order; the sentence's own is the last.
};

enum class BreakKind {
  kUnexpected,  ///< A pause of half a second or more where the text asks for none.
  kMissing,     ///< A sentence that runs into the next one.
};

/// A break between phrases that is not where the text has it.
struct Break {
  BreakKind kind = BreakKind::kUnexpected;
  std::size_t after_word = 0;  ///< Index into Analysis::words.
  std::int64_t samples = 0;    ///< Length of the silence.
};

/// Melody, rhythm and phrasing of a recording, beside its Tempo.
struct Prosody {
  VoiceTrack voice;
  /// The speaker's middle: the median pitch of what was read, Hz. Semitones are relative to it.
  std::optional<double> middle_hz;
  std::vector<SentenceMelody> sentences;
  std::optional<Rhythm> rhythm;
  std::vector<Break> breaks;  ///< In time order.
};

}  // namespace euphone
