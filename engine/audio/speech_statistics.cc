#include "audio/speech_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace euphone {
namespace {

constexpr double kLoudRangeDb = 20.0;  ///< Below the loudest frames: vowels and clear consonants.
constexpr double kActiveAboveNoise = 4.0;  ///< In power: 6 dB.
constexpr double kLeastSnrDb = -20.0;
constexpr double kMostSnrDb = 100.0;
constexpr double kEmptyBandDb = 60.0;     ///< Below the strongest band nothing is left of a voice.
constexpr float kVoiced = 0.6f;           ///< Periodicity; noise stays below 0.5 in most frames.
constexpr std::size_t kChangeFrames = 6;  ///< 96 ms, about one phone.
constexpr std::size_t kSteadyFrames = 8;  ///< 128 ms: a note lasts, a voice glides.
constexpr double kSamePitch = 0.01;       ///< In octaves: an eighth of a semitone.
constexpr std::size_t kShapeBands = 16;   ///< To 4 kHz, which a telephone carries too.
constexpr double kShapeFloor = 1e-6;      ///< Of the frame's power: 60 dB.
// In steady noise a tenth of the frames has less than this share of the mean power of a band of
// 250 Hz; found with white noise.
constexpr double kQuietestTenth = 0.47;

/// The value that a share `rank` of `values` does not exceed; reorders them.
double Percentile(std::vector<double>& values, double rank) {
  const auto place = static_cast<std::ptrdiff_t>(rank * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

double StandardDeviation(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0.0;
  for (const double value : values) mean += value / count;
  double variance = 0.0;
  for (const double value : values) variance += (value - mean) * (value - mean) / count;
  return std::sqrt(variance);
}

double ShapeChange(const FrameFeatures& now, const FrameFeatures& before) {
  double sum = 0.0;
  for (std::size_t band = 0; band < kShapeBands; ++band) {
    const double a = now.bands[band] / (now.power + 1e-12) + kShapeFloor;
    const double b = before.bands[band] / (before.power + 1e-12) + kShapeFloor;
    sum += std::abs(10.0 * std::log10(a / b));
  }
  return sum / kShapeBands;
}

bool SamePitch(const FrameFeatures& now, const FrameFeatures& before) {
  return now.periodicity > kVoiced && before.periodicity > kVoiced &&
         std::abs(std::log2(now.pitch_hz / before.pitch_hz)) < kSamePitch;
}

/// Fills in what each band shows on its own: noise floor and bandwidth.
void SummariseBands(std::span<const FrameFeatures> frames, SpeechStatistics& statistics) {
  std::array<double, kBands> loud{};
  double noise = 0.0;
  std::vector<double> powers(frames.size());
  for (std::size_t band = 0; band < kBands; ++band) {
    std::transform(frames.begin(), frames.end(), powers.begin(),
                   [&](const FrameFeatures& frame) { return frame.bands[band]; });
    loud[band] = Percentile(powers, 0.95);
    if (band > 0) noise += Percentile(powers, 0.10) / kQuietestTenth;  // hum lies in the first
  }
  statistics.noise_dbfs = ToDbfs(noise);
  const double strongest = *std::max_element(loud.begin(), loud.end());
  for (std::size_t band = 0; band < kBands; ++band) {
    if (ToDbfs(loud[band]) > -120.0 && ToDbfs(loud[band]) > ToDbfs(strongest) - kEmptyBandDb)
      statistics.bandwidth_hz = static_cast<double>(band + 1) * kBandWidthHz;
  }
}

}  // namespace

double ToDbfs(double power) { return 10.0 * std::log10(std::max(power, 0.0) + 1e-12); }

SpeechStatistics Summarise(std::span<const FrameFeatures> frames) {
  SpeechStatistics statistics;
  SummariseBands(frames, statistics);

  std::vector<double> levels(frames.size());
  std::transform(frames.begin(), frames.end(), levels.begin(),
                 [](const FrameFeatures& frame) { return ToDbfs(frame.power); });
  statistics.variation_db = StandardDeviation(levels);
  std::vector<double> sorted = levels;
  statistics.loudest_dbfs = Percentile(sorted, 0.95);
  const double loud_from = statistics.loudest_dbfs - kLoudRangeDb;
  const double noise = std::pow(10.0, statistics.noise_dbfs / 10.0);

  double power = 0.0;
  double change = 0.0;
  std::size_t pairs = 0;
  std::size_t voiced = 0;
  std::size_t steady = 0;
  std::size_t active = 0;
  std::vector<double> tones;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const FrameFeatures& frame = frames[i];
    if (frame.power > kActiveAboveNoise * noise) ++active;
    if (levels[i] < loud_from) continue;
    power += frame.power;
    tones.push_back(frame.peak_share);
    if (frame.periodicity > kVoiced) ++voiced;
    if (i >= kSteadyFrames && SamePitch(frame, frames[i - kSteadyFrames])) ++steady;
    if (i >= kChangeFrames && levels[i - kChangeFrames] >= loud_from) {
      change += ShapeChange(frame, frames[i - kChangeFrames]);
      ++pairs;
    }
  }
  const auto loud = static_cast<double>(tones.size());  // at least 5 % of the frames
  statistics.speech_dbfs = ToDbfs(power / loud);
  statistics.snr_db =
      std::clamp(ToDbfs(power / loud - noise) - ToDbfs(noise), kLeastSnrDb, kMostSnrDb);
  statistics.active_seconds = static_cast<double>(active) * kFrameStep.value / 1000.0;
  statistics.voiced_share = static_cast<double>(voiced) / loud;
  statistics.steady_pitch_share = static_cast<double>(steady) / loud;
  statistics.change_db = pairs == 0 ? 0.0 : change / static_cast<double>(pairs);
  statistics.tone_share = Percentile(tones, 0.5);
  return statistics;
}

}  // namespace euphone
