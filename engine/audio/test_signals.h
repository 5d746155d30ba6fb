#pragma once

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"

/// Inputs for the tests of this module.
namespace euphone::testing_audio {

inline std::vector<float> Sine(double hz, double seconds, SampleRate rate, double amplitude = 0.5) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * rate.hz + 0.5));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double turn = 2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate.hz;
    samples[i] = static_cast<float>(amplitude * std::sin(turn));
  }
  return samples;
}

/// Uniform white noise, the same every time.
inline std::vector<float> Noise(double seconds, SampleRate rate, double amplitude) {
  std::mt19937 generator(7);
  std::vector<float> samples(static_cast<std::size_t>(seconds * rate.hz));
  for (float& sample : samples) {
    const double uniform = 2.0 * static_cast<double>(generator()) / 4294967295.0 - 1.0;
    sample = static_cast<float>(amplitude * uniform);
  }
  return samples;
}

/// Sounds built like speech: syllables of a fifth of a second, each a hiss, a vowel of its own
/// with a falling pitch, and a short rest. Peaks at about `amplitude`.
inline std::vector<float> SpeechLike(double seconds, SampleRate rate, double amplitude = 0.5) {
  constexpr double kFormants[][2] = {
      {700, 1200}, {300, 2300}, {500, 900}, {400, 1900}, {650, 1700}};
  const auto hiss = Noise(seconds, rate, 0.25 * amplitude);
  std::vector<float> samples(hiss.size());
  double phase = 0.0;
  float before = 0.0f;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double time = static_cast<double>(i) / rate.hz;
    const auto syllable = static_cast<std::size_t>(time / 0.2);
    const double place = std::fmod(time, 0.2) / 0.2;
    const double pitch = 100.0 + 10.0 * static_cast<double>(syllable % 4) + 30.0 * (1.0 - place);
    phase += 2.0 * std::numbers::pi * pitch / rate.hz;
    if (place < 0.25) samples[i] = hiss[i] - before;  // more at high frequencies, like an s
    before = hiss[i];
    if (place < 0.25 || place > 0.85) continue;
    double vowel = 0.0;
    for (int harmonic = 1; harmonic * pitch < 3500.0; ++harmonic) {
      double gain = 0.0;
      for (const double formant : kFormants[syllable % std::size(kFormants)])
        gain += 1.0 / (1.0 + std::pow((harmonic * pitch - formant) / 80.0, 2));
      vowel += gain * std::sin(harmonic * phase);
    }
    const double fade = std::sin(std::numbers::pi * (place - 0.25) / 0.6);
    samples[i] = static_cast<float>(0.3 * amplitude * fade * vowel);
  }
  return samples;
}

inline double Rms(PcmView samples) {
  double sum = 0.0;
  for (const float sample : samples) sum += static_cast<double>(sample) * sample;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

/// Largest distance between two signals, leaving out `margin` samples at both ends.
inline double LargestGap(PcmView a, PcmView b, std::size_t margin = 0) {
  double gap = 0.0;
  for (std::size_t i = margin; i + margin < std::min(a.size(), b.size()); ++i)
    gap = std::max(gap, std::abs(static_cast<double>(a[i]) - b[i]));
  return gap;
}

/// Bytes of a little-endian number.
inline std::string Le(std::uint64_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
  return bytes;
}

/// Samples as 16-bit little-endian.
inline std::string Pcm16(PcmView samples) {
  std::string bytes;
  for (const float sample : samples)
    bytes += Le(static_cast<std::uint64_t>(std::lround(sample * 32767.0f)), 2);
  return bytes;
}

struct WavSpec {
  std::uint32_t rate = 16000;
  std::uint32_t channels = 1;
  std::uint32_t bits = 16;
  std::uint32_t coding = 1;
  std::uint32_t riff_size = 0;
};

/// A WAV header whose data part claims `data_size` bytes.
inline std::string WavHeader(std::uint32_t data_size, const WavSpec& spec = {}) {
  const std::uint32_t block = spec.channels * spec.bits / 8;
  return "RIFF" + Le(spec.riff_size, 4) + "WAVEfmt " + Le(16, 4) + Le(spec.coding, 2) +
         Le(spec.channels, 2) + Le(spec.rate, 4) + Le(spec.rate * block, 4) + Le(block, 2) +
         Le(spec.bits, 2) + "data" + Le(data_size, 4);
}

/// A folder of its own that goes away with it.
class TempFolder {
 public:
  explicit TempFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() /
              ("euphone_" + name + "_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() { std::filesystem::remove_all(path_); }

  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

  std::filesystem::path Write(std::string_view name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace euphone::testing_audio
