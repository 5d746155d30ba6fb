#include "audio/microphone.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "audio/frame_features.h"
#include "audio/hum.h"
#include "audio/speech_statistics.h"

namespace euphone {
namespace {

constexpr std::size_t kFirstBand = 1;  ///< Below 250 Hz lie hum and rumble.
constexpr std::size_t kLowTo = 8;      ///< 2 kHz.
constexpr std::size_t kHighFrom = 16;  ///< 4 kHz.
constexpr double kLoudRank = 0.95;     ///< Vowels in the low bands, hisses in the high ones.

/// The power of each band that 5 % of the frames exceed.
std::array<double, kBands> LoudSpectrum(const std::vector<FrameFeatures>& frames) {
  std::array<double, kBands> loud{};
  std::vector<float> powers(frames.size());
  const auto place =
      static_cast<std::ptrdiff_t>(kLoudRank * static_cast<double>(frames.size() - 1));
  for (std::size_t band = 0; band < kBands; ++band) {
    std::transform(frames.begin(), frames.end(), powers.begin(),
                   [&](const FrameFeatures& frame) { return frame.bands[band]; });
    std::nth_element(powers.begin(), powers.begin() + place, powers.end());
    loud[band] = powers[static_cast<std::size_t>(place)];
  }
  return loud;
}

double MeanDb(const std::array<double, kBands>& power, std::size_t from, std::size_t to) {
  double sum = 0.0;
  for (std::size_t band = from; band < to; ++band) sum += ToDbfs(power[band]);
  return sum / static_cast<double>(to - from);
}

}  // namespace

MicrophoneMeasures MeasureMicrophone(PcmView pcm, SampleRate rate, const QualityReport& quality) {
  MicrophoneMeasures measures;
  measures.level_dbfs = quality.speech_dbfs;
  measures.noise_dbfs = quality.noise_dbfs;
  measures.snr_db = quality.snr_db;
  measures.bandwidth_hz = quality.bandwidth_hz;
  measures.clipped_percent = quality.clipped_percent;
  measures.dropout_percent = quality.dropout_percent;
  measures.dc_offset_percent = 100.0 * quality.dc_offset;

  double sum = 0.0;
  for (const float sample : pcm) sum += sample;
  const auto mean =
      static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, pcm.size())));
  const std::vector<FrameFeatures> frames = ComputeFrames(pcm, rate, mean);
  if (frames.empty()) return measures;
  const auto loud = LoudSpectrum(frames);
  double power = 0.0;
  double moment = 0.0;
  for (std::size_t band = kFirstBand; band < kBands; ++band) {
    power += loud[band];
    moment += loud[band] * (static_cast<double>(band) + 0.5) * kBandWidthHz;
  }
  measures.centroid_hz = power > 0.0 ? moment / power : 0.0;
  measures.tilt_db = MeanDb(loud, kHighFrom, kBands) - MeanDb(loud, kFirstBand, kLowTo);
  const HumLevels hum = MeasureHum(pcm, rate, mean);
  measures.hum_50_db = hum.at_50_db;
  measures.hum_60_db = hum.at_60_db;
  return measures;
}

}  // namespace euphone
