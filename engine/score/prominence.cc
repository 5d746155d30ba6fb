#include "score/prominence.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr double kLowestHz = 75.0;
constexpr double kHighestHz = 500.0;
constexpr double kPeriodic =
    0.5;  // Normalised autocorrelation over which a stretch counts as voiced.
constexpr double kOctaveCost =
    0.01;  // Favours the shorter of two equally good periods, per octave.
constexpr double kSilencePower = 1e-12;  // −120 dBFS.

double Similarity(PcmView pcm, std::size_t lag) {
  double product = 0.0, here = 0.0, there = 0.0;
  for (std::size_t i = 0; i + lag < pcm.size(); ++i) {
    const auto a = static_cast<double>(pcm[i]);
    const auto b = static_cast<double>(pcm[i + lag]);
    product += a * b;
    here += a * a;
    there += b * b;
  }
  const double scale = std::sqrt(here * there);
  return scale > 0.0 ? product / scale : 0.0;
}

}  // namespace

double LevelDb(PcmView pcm) {
  double power = 0.0;
  for (const float sample : pcm) power += static_cast<double>(sample) * static_cast<double>(sample);
  return 10.0 *
         std::log10(std::max(kSilencePower,
                             power / static_cast<double>(std::max<std::size_t>(1, pcm.size()))));
}

std::vector<double> Centred(const std::vector<std::optional<double>>& values) {
  double sum = 0.0, count = 0.0;
  for (const auto& value : values) {
    if (!value) continue;
    sum += *value;
    count += 1.0;
  }
  std::vector<double> centred;
  centred.reserve(values.size());
  for (const auto& value : values) centred.push_back(value ? *value - sum / count : 0.0);
  return centred;
}

std::optional<double> PitchAt(PcmView pcm, SampleRate rate, std::int64_t centre) {
  const std::int64_t half = SamplesIn(Millis{20}, rate);
  const auto size = static_cast<std::int64_t>(pcm.size());
  const std::int64_t begin = std::clamp<std::int64_t>(centre - half, 0, size);
  const std::int64_t end = std::clamp<std::int64_t>(centre + half, begin, size);
  const PcmView window =
      pcm.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  const auto shortest = static_cast<std::size_t>(rate.hz / kHighestHz);
  const auto longest = std::min(static_cast<std::size_t>(rate.hz / kLowestHz), window.size() / 2);
  double best = kPeriodic;
  std::optional<double> hz;
  for (std::size_t lag = shortest; lag <= longest; ++lag) {
    const double strength =
        Similarity(window, lag) -
        kOctaveCost * std::log2(static_cast<double>(lag) / static_cast<double>(shortest));
    if (strength <= best) continue;
    best = strength;
    hz = rate.hz / static_cast<double>(lag);
  }
  return hz;
}

std::vector<Prominence> MeasureProminence(PcmView pcm, SampleRate rate,
                                          std::span<const NucleusSpan> nuclei) {
  std::vector<std::optional<double>> durations, levels, pitches;
  const auto size = static_cast<std::int64_t>(pcm.size());
  for (const NucleusSpan& nucleus : nuclei) {
    const std::int64_t begin = std::clamp<std::int64_t>(nucleus.begin, 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(nucleus.end, begin, size);
    durations.emplace_back(std::log(std::max(0.01, SecondsIn(end - begin, rate))));
    levels.emplace_back(LevelDb(
        pcm.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin))));
    const auto hz = PitchAt(pcm, rate, (begin + end) / 2);
    pitches.push_back(hz ? std::optional(12.0 * std::log2(*hz / 100.0)) : std::nullopt);
  }
  const auto duration = Centred(durations), level = Centred(levels), pitch = Centred(pitches);
  std::vector<Prominence> prominences;
  prominences.reserve(nuclei.size());
  for (std::size_t i = 0; i < nuclei.size(); ++i)
    prominences.push_back({duration[i], level[i], pitch[i]});
  return prominences;
}

}  // namespace euphone
