#include "voice/held_vowels.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace euphone {
namespace {

constexpr double kMostSemitones = 2.0;
constexpr double kMostDriftDb = 6.0;
constexpr double kMostWeightRatio = 1.25;
constexpr double kLongestBreak = 0.2;
constexpr double kMostBroken = 0.2;  // Syllables of read speech leave more between vowels.
constexpr double kWindow = 0.06;     // Level and weight, seconds: some periods of a low voice.

/// What is steady in a held vowel.
struct Frame {
  double time_s = 0.0;
  double hz = 0.0;      ///< 0: no voice.
  double level = 0.0;   ///< dB.
  double weight = 0.0;  ///< Hz, where the spectrum has its root mean square.
};

Frame Describe(PcmView pcm, SampleRate rate, double time_s, double hz) {
  const auto size = std::ssize(pcm);
  const auto begin = std::max<std::ptrdiff_t>(1, std::lround((time_s - 0.5 * kWindow) * rate.hz));
  const auto end = std::min<std::ptrdiff_t>(size, std::lround((time_s + 0.5 * kWindow) * rate.hz));
  double power = 0.0, change = 0.0;
  for (std::ptrdiff_t i = begin; i < end; ++i) {
    const auto here = static_cast<double>(pcm[static_cast<std::size_t>(i)]);
    const double step = here - static_cast<double>(pcm[static_cast<std::size_t>(i - 1)]);
    power += here * here;
    change += step * step;
  }
  if (power <= 0.0) return {.time_s = time_s};
  // The difference of neighbours weighs each frequency by 2 sin(π f / rate).
  const double half_sine = std::min(1.0, 0.5 * std::sqrt(change / power));
  return {.time_s = time_s,
          .hz = hz,
          .level = 10.0 * std::log10(power / static_cast<double>(end - begin)),
          .weight = std::asin(half_sine) * rate.hz / std::numbers::pi};
}

double MedianOf(std::vector<double> values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// The middle of the voiced frames [begin, end); without a voice where there are none.
Frame MiddleOf(const std::vector<Frame>& frames, std::size_t begin, std::size_t end) {
  std::vector<double> hz, level, weight;
  for (std::size_t i = begin; i < end; ++i) {
    if (frames[i].hz == 0.0) continue;
    hz.push_back(frames[i].hz);
    level.push_back(frames[i].level);
    weight.push_back(frames[i].weight);
  }
  if (hz.empty()) return {};
  return {.hz = MedianOf(hz), .level = MedianOf(level), .weight = MedianOf(weight)};
}

bool Fits(const Frame& frame, const Frame& middle) {
  if (frame.hz == 0.0 || middle.hz == 0.0) return false;
  return 12.0 * std::abs(std::log2(frame.hz / middle.hz)) <= kMostSemitones &&
         std::abs(frame.level - middle.level) <= kMostDriftDb &&
         std::max(frame.weight, middle.weight) <=
             kMostWeightRatio * std::min(frame.weight, middle.weight);
}

/// From `begin` as far as frames fit the middle, over short breaks, which together are no more than
/// their share of it, or of `least` frames; one past the last that fits.
std::size_t Reach(const std::vector<Frame>& frames, std::size_t begin, std::size_t least,
                  const Frame& middle) {
  std::size_t end = begin, broken = 0;
  for (std::size_t i = begin; i < frames.size(); ++i) {
    if (Fits(frames[i], middle)) {
      const auto whole = static_cast<double>(std::max(least, i + 1 - begin));
      if (static_cast<double>(broken) > kMostBroken * whole) break;
      end = i + 1;
      continue;
    }
    ++broken;
    const std::size_t last = end > begin ? end - 1 : begin;
    if (frames[i].time_s - frames[last].time_s > kLongestBreak) break;
  }
  return end;
}

}  // namespace

std::vector<TimeRange> FindHeldVowels(PcmView pcm, SampleRate rate, const PitchContour& pitch) {
  std::vector<Frame> frames;
  for (std::size_t i = 0; i < pitch.hz.size(); ++i)
    frames.push_back(Describe(pcm, rate, pitch.TimeOf(i), pitch.hz[i]));
  const double step = pitch.grid.step_s;
  const auto least = static_cast<std::size_t>(std::ceil(kShortestVowelSeconds / step));
  std::vector<TimeRange> vowels;
  std::size_t begin = 0;
  while (begin + least <= frames.size()) {
    const Frame middle = MiddleOf(frames, begin, begin + least);
    std::size_t end = Fits(frames[begin], middle) ? Reach(frames, begin, least, middle) : begin;
    // A long vowel drifts: what follows is held against its own middle.
    while (end >= begin + least) {
      const std::size_t further = Reach(frames, end - 1, least, MiddleOf(frames, end - least, end));
      if (further <= end) break;
      end = further;
    }
    if (end < begin + least) {
      ++begin;
      continue;
    }
    vowels.push_back({frames[begin].time_s - 0.5 * step, frames[end - 1].time_s + 0.5 * step});
    begin = end;
  }
  return vowels;
}

}  // namespace euphone
