#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// What may happen to a recording without the reader reading any better or worse.
enum class Distortion {
  kLouder,    ///< +12 dB; what then passes full scale is clipped, as by a sound card.
  kQuieter,   ///< −12 dB.
  kNoise,     ///< White noise, 20 dB below the mean power of the whole recording.
  kOpus,      ///< To Ogg Opus at 16 kbit/s and back.
  kTelephone  ///< To 8 kHz and back.
};
struct DistortionInfo {
  Distortion distortion;
  std::string_view name;   ///< In results: part of the format.
  std::string_view title;  ///< For people.
};
inline constexpr std::array<DistortionInfo, 5> kDistortions{{
    {Distortion::kLouder, "gain_plus_12_db", "12 dB louder"},
    {Distortion::kQuieter, "gain_minus_12_db", "12 dB quieter"},
    {Distortion::kNoise, "white_noise_20_db", "white noise, 20 dB below"},
    {Distortion::kOpus, "opus_16_kbit", "Opus, 16 kbit/s, and back"},
    {Distortion::kTelephone, "telephone_8_khz", "8 kHz and back"},
}};

/// Samples at kRecordingRate, distorted; noise is drawn by `seed`. Thread: any. Fails:
/// kUnsupported where libsndfile cannot write Opus; kInternal.
Result<std::vector<float>> Distorted(PcmView samples, Distortion distortion, std::uint64_t seed);

}  // namespace euphone
