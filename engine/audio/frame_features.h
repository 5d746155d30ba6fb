#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Bands of 250 Hz from 0 to 8 kHz. Internal to this module.
inline constexpr std::size_t kBands = 32;
inline constexpr double kBandWidthHz = 250.0;

/// What one frame of 32 ms looks like.
struct FrameFeatures {
  float power = 0.0f;        ///< Mean square from 80 Hz on.
  float periodicity = 0.0f;  ///< Highest autocorrelation at 60 to 500 Hz; about 1 for a vowel.
  float pitch_hz = 0.0f;     ///< Where that is.
  float peak_share = 0.0f;   ///< Share of the power in one narrow peak; 1 for a pure tone.
  float flatness = 0.0f;     ///< Geometric over arithmetic mean, 200 to 4,000 Hz; 1 for a click.
  std::array<float, kBands> bands{};  ///< Mean square in each band.
};

/// A frame every 16 ms; none where `pcm` is shorter than one frame. `offset` (the mean) is taken
/// off each sample. Rate: kMinRate to kMaxRate of raw_format.h.
std::vector<FrameFeatures> ComputeFrames(PcmView pcm, SampleRate rate, float offset);

inline constexpr Millis kFrameLength{32.0};
inline constexpr Millis kFrameStep{16.0};

}  // namespace euphone
