#pragma once

#include <array>
#include <cstddef>

#include "audio/quality.h"
#include "base/units.h"

namespace euphone {

/// What a recording of speech tells about the microphone and the room rather than about the voice.
/// Levels in dB relative to full scale, -120 at least.
struct MicrophoneMeasures {
  double level_dbfs = -120.0;  ///< RMS of the speech frames.
  double noise_dbfs = -120.0;  ///< Background.
  double snr_db = 0.0;         ///< Level over background.
  double bandwidth_hz = 0.0;   ///< Highest frequency with speech energy, seen to 8 kHz.
  double centroid_hz = 0.0;    ///< Middle of the loud spectrum, 250 Hz to 8 kHz.
  double tilt_db = 0.0;        ///< Loud spectrum, mean of 4 to 8 kHz less that of 0.25 to 2 kHz.
  double hum_50_db = 0.0;  ///< Steady tones at 50 Hz and its harmonics, over their surroundings.
  double hum_60_db = 0.0;  ///< Likewise at 60 Hz.
  double clipped_percent = 0.0;    ///< Share of samples stuck at the extremes.
  double dropout_percent = 0.0;    ///< Of the time with speech, what was lost.
  double dc_offset_percent = 0.0;  ///< Mean of all samples, of full scale.
};

/// The same by name, for tables and files: "level_dbfs", ….
struct MicrophoneField {
  const char* name;
  double MicrophoneMeasures::*value;
};
inline constexpr std::array<MicrophoneField, 11> kMicrophoneFields{{
    {"level_dbfs", &MicrophoneMeasures::level_dbfs},
    {"noise_dbfs", &MicrophoneMeasures::noise_dbfs},
    {"snr_db", &MicrophoneMeasures::snr_db},
    {"bandwidth_hz", &MicrophoneMeasures::bandwidth_hz},
    {"centroid_hz", &MicrophoneMeasures::centroid_hz},
    {"tilt_db", &MicrophoneMeasures::tilt_db},
    {"hum_50_db", &MicrophoneMeasures::hum_50_db},
    {"hum_60_db", &MicrophoneMeasures::hum_60_db},
    {"clipped_percent", &MicrophoneMeasures::clipped_percent},
    {"dropout_percent", &MicrophoneMeasures::dropout_percent},
    {"dc_offset_percent", &MicrophoneMeasures::dc_offset_percent},
}};

/// `quality`: what AssessQuality() said of `pcm`, with AddSourceFindings(). Meaningful where it
/// found speech. `pcm` as there, at least 0.25 s. Hum is heard in recordings of a second or more;
/// in shorter ones its fields are 0. Pure.
MicrophoneMeasures MeasureMicrophone(PcmView pcm, SampleRate rate, const QualityReport& quality);

}  // namespace euphone
