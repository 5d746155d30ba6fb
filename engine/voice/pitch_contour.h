#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "voice/correlation_frame.h"
#include "voice/mean_over_time.h"
#include "voice/pitch_range.h"

namespace euphone {

/// The pitch of a voice, frame by frame: frame i stands for half a step on both sides of
/// TimeOf(i).
struct PitchContour {
  CorrelationFrame::Grid grid;
  std::vector<double> hz;  ///< 0 where there is no voice.

  double TimeOf(std::size_t frame) const { return grid.TimeOf(frame); }
  /// The pitch at a time, straight between frames with a voice; nothing where neither neighbour
  /// has one.
  std::optional<double> HzAt(double time_s) const;
  /// Mean over the time in the range that has a voice; nothing where none has.
  std::optional<double> MeanIn(TimeRange range) const;
  /// Frames whose middle lies in the range, one after the other.
  std::span<const double> In(TimeRange range) const;
  /// Where the voice goes on without a break, in order.
  std::vector<TimeRange> VoicedStretches() const;
};

/// What the way through the candidates pays for: names and standard values of the Praat manual,
/// 'Sound: To Pitch (ac)'; the sums are those of Boersma (1993), equations 23 to 27, but for two
/// things. Costs between frames hold for 10 ms, as the manual says. And candidates pay for octaves
/// under the ceiling, where the article rewards octaves over the floor: the same between
/// candidates, not against silence (measured, docs/decisions/036-voice-constants.md). Strengths are
/// correlations, 0 to 1.
struct PitchCosts {
  double silence = 0.03;          ///< Peaks under this share of the loudest are silent.
  double voicing = 0.45;          ///< What a frame without a voice is worth.
  double octave = 0.01;           ///< So much less for each octave under the ceiling.
  double octave_jump = 0.35;      ///< For each octave between frames 10 ms apart.
  double voiced_unvoiced = 0.14;  ///< For each change, likewise.
};

/// The pitch of a recording by cross-correlation (correlation_frame.h), a frame each quarter of the
/// longest period, and the best way through up to 14 candidates a frame and 'no voice' (Boersma,
/// 'Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
/// sampled sound', 1993). Candidates over the ceiling take a place each and are not chosen. Unlike
/// TrackVoice() of the audio layer, which is made for melody, each frame sees two periods only and
/// its pitch is not tied to a grid, as periods are to be measured from it.
/// O(samples · rate / floor²). Pure.
PitchContour FindPitch(PcmView pcm, SampleRate rate, const PitchRange& range,
                       const PitchCosts& costs = {});

}  // namespace euphone
