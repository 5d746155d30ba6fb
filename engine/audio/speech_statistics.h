#pragma once

#include <span>

#include "audio/frame_features.h"

namespace euphone {

/// What the frames of a whole recording say about voice and background. Internal to this module.
struct SpeechStatistics {
  double loudest_dbfs = -120.0;     ///< Level that 5 % of the frames exceed.
  double speech_dbfs = -120.0;      ///< Mean power of the loud frames.
  double noise_dbfs = -120.0;       ///< Background, band by band from its quietest tenth.
  double snr_db = 0.0;              ///< Loud frames without the noise, over the noise; -20 to 100.
  double bandwidth_hz = 0.0;        ///< Upper edge of the highest band that is not empty.
  double active_seconds = 0.0;      ///< Frames well above the background.
  double variation_db = 0.0;        ///< Standard deviation of the level.
  double voiced_share = 0.0;        ///< Loud frames with a pitch.
  double change_db = 0.0;           ///< How much the shape of the spectrum changes in 96 ms.
  double steady_pitch_share = 0.0;  ///< Loud frames whose pitch was the same 128 ms before.
  double tone_share = 0.0;          ///< Median share of the power in one narrow peak.
};

/// `frames` must not be empty.
SpeechStatistics Summarise(std::span<const FrameFeatures> frames);

/// 10 log10 of a mean square, not below -120; a difference below 0 counts as 0.
double ToDbfs(double power);

}  // namespace euphone
