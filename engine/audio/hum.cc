#include "audio/hum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "audio/spectrum.h"

namespace euphone {
namespace {

constexpr Millis kWindow{512.0};  ///< Bins of 2 Hz: a Hann window keeps 50 and 60 Hz apart.
constexpr Millis kStep{128.0};
constexpr Millis kShortestForHum{1000.0};
constexpr double kHalfPeakHz = 3.0;  ///< Where the tone lies, mains frequencies being exact.
constexpr double kFromHz = 5.0;      ///< Surroundings: from so far off …
constexpr double kToHz = 12.0;       ///< … to so far.
constexpr double kRank = 0.2;        ///< Over the windows: a tone that is nearly always there.
constexpr double kMostDb = 80.0;
constexpr double kTiny = 1e-12;

/// Power around `hz` over the highest of its surroundings.
double Prominence(std::span<const float> power, double bin_hz, double hz) {
  const auto mean_in = [&](double from, double to) {
    const auto begin = static_cast<std::size_t>(std::ceil(from / bin_hz));
    const auto end = std::min(power.size(), static_cast<std::size_t>(to / bin_hz) + 1);
    double sum = 0.0;
    for (std::size_t i = begin; i < end; ++i) sum += power[i];
    return sum / static_cast<double>(end - begin) + kTiny;
  };
  const double around =
      std::max(mean_in(hz - kToHz, hz - kFromHz), mean_in(hz + kFromHz, hz + kToHz));
  return mean_in(hz - kHalfPeakHz, hz + kHalfPeakHz) / around;
}

double LowRank(std::vector<double> values) {
  const auto place = static_cast<std::ptrdiff_t>(kRank * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

/// The strongest of the tones: a rectifier hums an octave higher than a transformer.
double LevelDb(const std::vector<std::vector<double>>& tones) {
  double highest = 1.0;
  for (const std::vector<double>& windows : tones) highest = std::max(highest, LowRank(windows));
  return std::min(kMostDb, 10.0 * std::log10(highest));
}

}  // namespace

HumLevels MeasureHum(PcmView pcm, SampleRate rate, float offset) {
  if (std::ssize(pcm) < SamplesIn(kShortestForHum, rate)) return {};
  constexpr std::array k50{50.0, 100.0, 150.0, 200.0, 250.0};
  constexpr std::array k60{60.0, 120.0, 180.0, 240.0};
  const auto size = static_cast<std::size_t>(SamplesIn(kWindow, rate)) / 2 * 2;
  const auto step = static_cast<std::size_t>(SamplesIn(kStep, rate));
  const double bin_hz = static_cast<double>(rate.hz) / static_cast<double>(size);
  std::vector<std::vector<double>> at_50(k50.size()), at_60(k60.size());
  Spectrum spectrum(size);
  for (std::size_t begin = 0; begin + size <= pcm.size(); begin += step) {
    spectrum.Analyse(pcm.subspan(begin, size), offset);
    for (std::size_t i = 0; i < k50.size(); ++i)
      at_50[i].push_back(Prominence(spectrum.power(), bin_hz, k50[i]));
    for (std::size_t i = 0; i < k60.size(); ++i)
      at_60[i].push_back(Prominence(spectrum.power(), bin_hz, k60[i]));
  }
  return {LevelDb(at_50), LevelDb(at_60)};
}

}  // namespace euphone
