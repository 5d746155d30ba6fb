#include "audio/frame_features.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "audio/spectrum.h"

namespace euphone {
namespace {

constexpr double kLowestHz = 80.0;  ///< Below lie hum and the rumble of hands on a table.
constexpr double kFlatnessFromHz = 200.0;
constexpr double kFlatnessToHz = 4000.0;
constexpr double kLowestPitchHz = 60.0;
constexpr double kHighestPitchHz = 500.0;
constexpr std::size_t kPeakReach = 2;  ///< Bins either side that a Hann window smears a tone over.

float SumOf(std::span<const float> values) {
  float sum = 0.0f;
  for (const float value : values) sum += value;
  return sum;
}

float FlatnessOf(std::span<const float> power) {
  constexpr float kTiny = 1e-20f;
  double logs = 0.0;
  for (const float value : power) logs += std::log(value + kTiny);
  const auto count = static_cast<double>(power.size());
  return static_cast<float>(std::exp(logs / count) / (SumOf(power) / count + kTiny));
}

float PeakShareOf(std::span<const float> power, float total) {
  if (total <= 0.0f) return 0.0f;
  const auto peak =
      static_cast<std::size_t>(std::max_element(power.begin(), power.end()) - power.begin());
  const std::size_t begin = peak - std::min(peak, kPeakReach);
  const std::size_t end = std::min(power.size(), peak + kPeakReach + 1);
  return SumOf(power.subspan(begin, end - begin)) / total;
}

}  // namespace

std::vector<FrameFeatures> ComputeFrames(PcmView pcm, SampleRate rate, float offset) {
  const auto size = static_cast<std::size_t>(SamplesIn(kFrameLength, rate)) / 2 * 2;
  const auto step = static_cast<std::size_t>(SamplesIn(kFrameStep, rate));
  std::vector<FrameFeatures> frames;
  if (pcm.size() < size) return frames;
  frames.reserve((pcm.size() - size) / step + 1);

  Spectrum spectrum(size);
  const double bin_hz = static_cast<double>(rate.hz) / static_cast<double>(size);
  const auto bin_at = [&](double hz) {
    return std::min(spectrum.bins(), static_cast<std::size_t>(hz / bin_hz + 0.5));
  };
  const std::size_t lowest = bin_at(kLowestHz);
  const std::size_t flat_from = bin_at(kFlatnessFromHz);
  const std::size_t flat_to = std::min(bin_at(kFlatnessToHz), spectrum.bins() - 1);
  const auto shortest_lag = static_cast<std::size_t>(rate.hz / kHighestPitchHz);
  const auto longest_lag = std::min(size / 2, static_cast<std::size_t>(rate.hz / kLowestPitchHz));

  for (std::size_t begin = 0; begin + size <= pcm.size(); begin += step) {
    spectrum.Analyse(pcm.subspan(begin, size), offset);
    const auto power = spectrum.power();
    FrameFeatures frame;
    frame.power = SumOf(power.subspan(lowest));
    frame.flatness = FlatnessOf(power.subspan(flat_from, flat_to - flat_from));
    frame.peak_share = PeakShareOf(power.subspan(lowest), frame.power);
    for (std::size_t band = 0; band < kBands; ++band) {
      const std::size_t from = bin_at(static_cast<double>(band) * kBandWidthHz);
      const std::size_t to = bin_at(static_cast<double>(band + 1) * kBandWidthHz);
      frame.bands[band] = SumOf(power.subspan(from, to - from));
    }
    const auto correlation = spectrum.Autocorrelation();
    for (std::size_t lag = shortest_lag; lag <= longest_lag; ++lag) {
      if (correlation[lag] <= frame.periodicity) continue;
      frame.periodicity = correlation[lag];
      frame.pitch_hz = static_cast<float>(rate.hz) / static_cast<float>(lag);
    }
    frames.push_back(frame);
  }
  return frames;
}

}  // namespace euphone
