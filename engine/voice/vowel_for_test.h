#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <optional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "base/units.h"

/// Held vowels of which jitter, shimmer and noise are known, for the tests of this module.
namespace euphone::testing_voice {

struct Recipe {
  double hz = 150.0;
  double jitter = 0.0;   ///< Mean difference of neighbouring periods, as a share.
  double shimmer = 0.0;  ///< The same of strengths.
  std::optional<double> hnr_db = std::nullopt;
  double seconds = 1.5;
  SampleRate rate{44100};
};

struct Vowel {
  std::vector<float> pcm;
  std::vector<double> pulses;     ///< Seconds.
  std::vector<double> strengths;  ///< In step with `pulses`.
};

/// One normal number after the other, the same everywhere (Box and Muller).
class Normal {
 public:
  double operator()() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - Uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * Uniform());
  }

 private:
  double Uniform() { return static_cast<double>(generator_()) / 4294967296.0; }
  std::mt19937 generator_{11};
};

/// Adds a damped sine that began `since_s` before the first sample: each value from the two before.
inline void Ring(double hz, double width_hz, double weight, double since_s, double rate,
                 std::span<double> sum) {
  const double decay = std::numbers::pi * width_hz, turn = 2.0 * std::numbers::pi * hz;
  const auto at = [&](double since) { return std::exp(-decay * since) * std::sin(turn * since); };
  double before = weight * at(since_s - 1.0 / rate), here = weight * at(since_s);
  const double back = std::exp(-decay / rate);
  const double along = 2.0 * back * std::cos(turn / rate);
  for (double& sample : sum) {
    sample += here;
    before = std::exchange(here, along * here - back * back * before);
  }
}

/// A pulse for each period sets off four damped formants, computed where the samples lie, so that
/// periods need not be whole numbers of samples. White noise lies under it.
inline Vowel Make(const Recipe& recipe) {
  constexpr double kFormants[][3] = {
      {700, 90, 1.0}, {1200, 110, 0.5}, {2600, 160, 0.25}, {3500, 250, 0.1}};
  const double spread = std::sqrt(std::numbers::pi) / 2.0;  // Of normals that differ by 1 in mean.
  const double rate = recipe.rate.hz;
  std::vector<double> sum(static_cast<std::size_t>(recipe.seconds * rate));
  Vowel vowel;
  Normal normal;
  for (double time = 0.01; time < recipe.seconds - 0.01;) {
    const double strength = 1.0 + recipe.shimmer * spread * normal();
    vowel.pulses.push_back(time);
    vowel.strengths.push_back(strength);
    const auto first = static_cast<std::size_t>(std::ceil(time * rate));
    const std::size_t last = std::min(sum.size(), first + static_cast<std::size_t>(0.04 * rate));
    for (const auto& [hz, width, weight] : kFormants)
      Ring(hz, width, strength * weight, static_cast<double>(first) / rate - time, rate,
           std::span(sum).subspan(first, last - first));
    time += (1.0 + recipe.jitter * spread * normal()) / recipe.hz;
  }
  double power = 0.0;
  for (const double sample : sum) power += sample * sample / static_cast<double>(sum.size());
  const double noise =
      recipe.hnr_db ? std::sqrt(power / std::pow(10.0, 0.1 * *recipe.hnr_db)) : 0.0;
  for (const double sample : sum)
    vowel.pcm.push_back(static_cast<float>(0.25 * (sample + noise * normal())));
  return vowel;
}

/// Mean difference of neighbours over the mean.
inline double RelativeDifference(const std::vector<double>& values) {
  double differences = 0.0, sum = values.front();
  for (std::size_t i = 1; i < values.size(); ++i) {
    differences += std::abs(values[i] - values[i - 1]) / static_cast<double>(values.size() - 1);
    sum += values[i];
  }
  return differences / (sum / static_cast<double>(values.size()));
}

inline std::vector<double> PeriodsOf(const Vowel& vowel) {
  std::vector<double> periods;
  for (std::size_t i = 1; i < vowel.pulses.size(); ++i)
    periods.push_back(vowel.pulses[i] - vowel.pulses[i - 1]);
  return periods;
}

}  // namespace euphone::testing_voice
