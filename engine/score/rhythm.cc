#include "score/rhythm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "score/tempo.h"

namespace euphone {
namespace {

/// Durations in ms of one kind of intervals; a new list after each pause.
using Runs = std::vector<std::vector<double>>;

struct Intervals {
  Runs vowels, consonants;
};

Intervals IntervalsOf(std::span<const SoundSpan> sounds, SampleRate rate) {
  Intervals intervals;
  const std::int64_t pause = SamplesIn(kShortestPause, rate);
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    const SoundSpan& sound = sounds[i];
    const bool rested = i == 0 || sound.begin - sounds[i - 1].end >= pause;
    if (rested) {
      intervals.vowels.emplace_back();
      intervals.consonants.emplace_back();
    }
    auto& run = (sound.vowel ? intervals.vowels : intervals.consonants).back();
    const bool goes_on = !rested && sounds[i - 1].vowel == sound.vowel;
    const double ms = 1000.0 * SecondsIn(sound.end - sound.begin, rate);
    if (goes_on) {
      run.back() += ms;
    } else {
      run.push_back(ms);
    }
  }
  return intervals;
}

struct Spread {
  std::size_t count = 0;
  double sum = 0.0;
  double deviation = 0.0;  ///< Standard deviation of the population.
};

Spread SpreadOf(const Runs& runs) {
  Spread spread;
  double squares = 0.0;
  for (const auto& run : runs) {
    for (const double ms : run) {
      ++spread.count;
      spread.sum += ms;
      squares += ms * ms;
    }
  }
  const auto count = static_cast<double>(spread.count);
  if (spread.count > 0)
    spread.deviation = std::sqrt(std::max(0.0, squares / count - std::pow(spread.sum / count, 2)));
  return spread;
}

/// Mean of `difference` over neighbours of the same run; absent where there are none.
template <class Difference>
std::optional<double> MeanOfPairs(const Runs& runs, Difference difference) {
  double sum = 0.0, pairs = 0.0;
  for (const auto& run : runs) {
    for (std::size_t i = 1; i < run.size(); ++i) {
      sum += difference(run[i - 1], run[i]);
      pairs += 1.0;
    }
  }
  if (pairs == 0.0) return std::nullopt;
  return sum / pairs;
}

}  // namespace

std::optional<Rhythm> MeasureRhythm(std::span<const SoundSpan> sounds, SampleRate rate) {
  const Intervals intervals = IntervalsOf(sounds, rate);
  const Spread vowels = SpreadOf(intervals.vowels), consonants = SpreadOf(intervals.consonants);
  const auto npvi = MeanOfPairs(intervals.vowels, [](double a, double b) {
    return 100.0 * std::abs(a - b) / ((a + b) / 2.0);
  });
  const auto rpvi =
      MeanOfPairs(intervals.consonants, [](double a, double b) { return std::abs(a - b); });
  if (vowels.count < kFewestVowels || !npvi || !rpvi) return std::nullopt;
  return Rhythm{
      .npvi_vowels = *npvi,
      .rpvi_consonants_ms = *rpvi,
      .vowel_percent = 100.0 * vowels.sum / (vowels.sum + consonants.sum),
      .delta_consonants_ms = consonants.deviation,
      .varco_vowels = 100.0 * vowels.deviation * static_cast<double>(vowels.count) / vowels.sum};
}

}  // namespace euphone
