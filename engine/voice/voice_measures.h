#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "voice/loudness.h"
#include "voice/perturbation.h"
#include "voice/pitch_contour.h"
#include "voice/pitch_range.h"

namespace euphone {

/// The pitch of a stretch: of its frames with a voice, in Hz.
struct PitchStatistics {
  double mean_hz = 0.0;  ///< Over time.
  double median_hz = 0.0;
  double least_hz = 0.0;
  double most_hz = 0.0;
  std::optional<double> sd_hz;         ///< Nothing for a single frame.
  std::optional<double> sd_semitones;  ///< Of the pitch on a scale of semitones.
};

/// What the sound of one stretch says about the voice. What could not be measured is absent.
struct VoiceMeasures {
  TimeRange range;
  std::optional<PitchStatistics> pitch;
  double unvoiced_share = 0.0;  ///< Of the frames of the pitch contour.
  std::size_t pulses = 0;
  VoiceBreaks breaks;
  Jitter jitter;
  Shimmer shimmer;
  std::optional<double> hnr_db;
  std::optional<Loudness::Summary> loudness;
};

struct VoiceOptions {
  PitchRange pitch;
  PeriodLimits periods;
  std::optional<double> from_s = std::nullopt;  ///< Set: that one stretch is measured, from here …
  std::optional<double> to_s = std::nullopt;    ///< … to here; either may be left out.
};

/// At least this long a stretch is measured: a dozen periods of a low voice.
inline constexpr double kShortestStretchSeconds = 0.1;

/// Measures each held vowel of a recording (held_vowels.h), or the stretch that is asked for, with
/// the definitions and settings of Praat's voice report and of its 'To Harmonicity (cc)': pitch,
/// pulses and the rest are found in the whole recording, then the stretch is looked at.
/// `pcm`: mono, finite, at the recording's own rate where that is known: noise above half the rate
/// is not heard. Rate: kMinRate to kMaxRate of raw_format.h. Deterministic; about 15 times faster
/// than real time at 44.1 kHz; memory 1 kB a frame of pitch (3.3 ms).
/// Fails with a line that says what to do: kInvalidArgument for a stretch outside the recording,
/// for one or a recording shorter than kShortestStretchSeconds, and for a pitch range that makes no
/// sense at this rate; kUnsupported for silence, where there is no voice, and where no vowel is
/// held.
Result<std::vector<VoiceMeasures>> MeasureVoice(PcmView pcm, SampleRate rate,
                                                const VoiceOptions& options = {});

}  // namespace euphone
