#include "audio/audio_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "audio/byte_source.h"
#include "audio/decoder.h"
#include "audio/resampler.h"

namespace euphone {
namespace {

constexpr std::size_t kBlockSamples = 1 << 16;  ///< All channels together.
// Decoders overshoot 1 by a few percent; +24 dB is no recording but integers read as floats.
constexpr float kLoudest = 16.0f;

/// A name fit for a one-line message: no control characters, the end of a long path only.
std::string Shown(std::string_view name) {
  constexpr std::size_t kMost = 100;
  std::string shown(name);
  if (shown.size() > kMost) {
    std::size_t begin = shown.size() - kMost;
    while (begin < shown.size() && (shown[begin] & 0xC0) == 0x80) ++begin;  // whole characters
    shown = "..." + shown.substr(begin);
  }
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 32 || c == 127; }, '?');
  return shown;
}

Error TooLong(const ReadOptions& options) {
  char limit[32];
  std::snprintf(limit, sizeof limit, "%.6g", options.max_seconds);
  return {Errc::kTooLarge,
          std::string("longer than the limit of ") + limit + " s; cut it into shorter parts"};
}

/// Averages the channels of each frame; false where a sample is not finite or far too large.
bool Downmix(std::span<const float> interleaved, int channels, std::vector<float>& mono) {
  const auto width = static_cast<std::size_t>(channels);
  mono.resize(interleaved.size() / width);
  bool sane = true;
  for (std::size_t frame = 0; frame < mono.size(); ++frame) {
    float sum = 0.0f;
    for (const float sample : interleaved.subspan(frame * width, width)) {
      sane = sane && std::abs(sample) <= kLoudest;  // false for NaN as well
      sum += sample;
    }
    mono[frame] = sum / static_cast<float>(channels);
  }
  return sane;
}

Result<Recording> ReadAll(Decoder& decoder, const ReadOptions& options) {
  Recording recording{{}, decoder.format()};
  SourceFormat& source = recording.source;
  const double most_frames = options.max_seconds * source.rate.hz;
  if (const auto claimed = decoder.claimed_frames();
      claimed && static_cast<double>(*claimed) > most_frames) {
    return TooLong(options);
  }
  auto resampler = Resampler::Create(source.rate, kRecordingRate);
  if (!resampler) return resampler.error();

  const auto width = static_cast<std::size_t>(source.channels);
  std::vector<float> block(kBlockSamples / width * width);
  std::vector<float> mono;
  std::int64_t frames = 0;
  for (;;) {
    auto got = decoder.Read(block);
    if (!got) return got.error();
    if (*got == 0) break;
    frames += static_cast<std::int64_t>(*got);
    if (static_cast<double>(frames) > most_frames) return TooLong(options);
    if (!Downmix(std::span(block).first(*got * width), source.channels, mono)) {
      return Error{Errc::kCorrupt,
                   "samples that are not numbers between -1 and 1; save the recording as 16-bit "
                   "WAV"};
    }
    if (auto status = resampler->Push(mono, recording.samples); !status) return status.error();
  }
  if (frames == 0) return Error{Errc::kCorrupt, "no samples in it; record it again"};
  if (auto status = resampler->Finish(recording.samples); !status) return status.error();
  source.seconds = SecondsIn(frames, source.rate);
  return recording;
}

Result<Recording> Read(Result<std::unique_ptr<ByteSource>> source, std::string_view name,
                       const ReadOptions& options) {
  if (!source) return Prefixed(Shown(name), source.error());
  auto decoder = Decoder::Open(std::move(*source), options.raw);
  if (!decoder) return Prefixed(Shown(name), decoder.error());
  auto recording = ReadAll(**decoder, options);
  if (!recording) return Prefixed(Shown(name), recording.error());
  return recording;
}

}  // namespace

Result<Recording> ReadRecording(const std::filesystem::path& file, const ReadOptions& options) {
  return Read(OpenFile(file), file.string(), options);
}

Result<Recording> ReadRecording(int descriptor, std::string_view name, const ReadOptions& options) {
  return Read(OpenDescriptor(descriptor), name, options);
}

Result<Recording> ReadRecording(std::span<const std::byte> bytes, std::string_view name,
                                const ReadOptions& options) {
  return Read(OpenMemory(bytes), name, options);
}

}  // namespace euphone
