#pragma once

#include <optional>
#include <vector>

#include "score/analysis.h"

namespace euphone {

/// All of these need `analysis` with rate, quality, script, words and prosody.voice. A recording
/// that is clipped, or without a voice, has no melody: distortion bends its curve.

/// The median pitch of the words that were read, Hz. Absent with less than 0.3 s of voice.
std::optional<double> MiddlePitch(const Analysis& analysis);

/// An entry for each sentence; see SentenceMelody for what is absent. An end is listed if its last
/// word was read and the voice lasts at least 0.1 s from the nuclear syllable on; the movement is
/// from the first to the last 50 ms of that. The nuclear syllable is the phrase's last one with
/// primary stress, as in English without a special focus (Cruttenden 1997); words read in a weak
/// form have none.
std::vector<SentenceMelody> MeasureMelody(const Analysis& analysis);

}  // namespace euphone
