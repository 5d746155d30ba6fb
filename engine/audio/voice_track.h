#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Melody and loudness of a recording, frame by frame: frame i stands for samples
/// [i · hop, (i + 1) · hop). Both lists have the same length.
struct VoiceTrack {
  std::int64_t hop = 0;         ///< Samples; 10 ms. 0: nothing was tracked.
  std::vector<float> pitch_hz;  ///< 60 to 500; 0 where there is no voice.
  std::vector<float> level_db;  ///< Mean power of 25 ms, dB relative to full scale; at least −120.
};

/// Fundamental frequency by pYIN (Mauch and Dixon 2014), see yin.h and pitch_path.h. Frames far
/// below the loudest ones count as silent, whatever hums in them. Deterministic; O(samples), about
/// 0.1 % of real time. A rest of less than 10 ms at the end has no frame.
/// Rate: kMinRate to kMaxRate of raw_format.h.
VoiceTrack TrackVoice(PcmView pcm, SampleRate rate);

}  // namespace euphone
