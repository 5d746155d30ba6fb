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
#include "audio/downmix.h"
#include "audio/resampler.h"

namespace euphone {
namespace {

constexpr std::size_t kBlockSamples = 1 << 16;  ///< All channels together.
// Some writers count a header or a block of padding too many: so much is nobody's loss.
constexpr double kMiscountedSeconds = 0.01;
// Shorter than the shortest word, a mean says nothing about the microphone; below the smallest
// offset (recordings of 4,000 speakers: under 0.001) taking it off changes nothing.
constexpr double kShortestMeanSeconds = 0.2;
constexpr double kSmallestOffset = 0.001;

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

/// What the header promised and the `frames` that came, once all are there.
Status CheckLength(const Decoder& decoder, std::int64_t frames, SourceFormat& source) {
  const double missing =
      static_cast<double>(decoder.promised_frames().value_or(0) - frames) / source.rate.hz;
  if (missing > kMiscountedSeconds) source.truncated = true;
  if (frames == 0 && (source.truncated || missing > 0.0))
    return Error{Errc::kCorrupt, "no samples in it; record it again"};
  return {};
}

Result<Recording> ReadAll(Decoder& decoder, const ReadOptions& options) {
  Recording recording{.samples = {}, .source = decoder.format()};
  SourceFormat& source = recording.source;
  const double most_frames = options.max_seconds * source.rate.hz;
  if (const auto claimed = decoder.claimed_frames();
      claimed && static_cast<double>(*claimed) > most_frames) {
    return TooLong(options);
  }
  if (options.keep_up_to)
    recording.rate = SampleRate{std::min(source.rate.hz, options.keep_up_to->hz)};
  auto resampler = Resampler::Create(source.rate, recording.rate);
  if (!resampler) return resampler.error();

  const auto width = static_cast<std::size_t>(source.channels);
  std::vector<float> block(kBlockSamples / width * width);
  std::vector<float> mono;
  Downmixer downmixer(source.channels);
  std::int64_t frames = 0;
  for (;;) {
    auto got = decoder.Read(block);
    if (!got) return got.error();
    if (*got == 0) break;
    frames += static_cast<std::int64_t>(*got);
    if (static_cast<double>(frames) > most_frames) return TooLong(options);
    if (!downmixer.Mix(std::span(block).first(*got * width), mono)) {
      return Error{Errc::kCorrupt,
                   "samples that are not numbers between -1 and 1; save the recording as 16-bit "
                   "WAV"};
    }
    if (auto status = resampler->Push(mono, recording.samples); !status) return status.error();
  }
  if (auto status = CheckLength(decoder, frames, source); !status) return status.error();
  if (auto status = resampler->Finish(recording.samples); !status) return status.error();
  source.seconds = SecondsIn(frames, source.rate);
  RemoveOffset(recording);
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

void RemoveOffset(Recording& recording) {
  std::vector<float>& samples = recording.samples;
  if (SecondsIn(std::ssize(samples), recording.rate) < kShortestMeanSeconds) return;
  double sum = 0.0;
  for (const float sample : samples) sum += sample;
  const double mean = sum / static_cast<double>(samples.size());
  if (std::abs(mean) < kSmallestOffset) return;
  recording.source.dc_offset = mean;
  for (float& sample : samples) sample -= static_cast<float>(mean);
}

Result<Recording> ReadRecording(const std::filesystem::path& file, const ReadOptions& options) {
  return Read(OpenFile(file, options.stop), file.string(), options);
}

Result<Recording> ReadRecording(int descriptor, std::string_view name, const ReadOptions& options) {
  return Read(OpenDescriptor(descriptor, options.stop), name, options);
}

Result<Recording> ReadRecording(std::span<const std::byte> bytes, std::string_view name,
                                const ReadOptions& options) {
  return Read(OpenMemory(bytes), name, options);
}

}  // namespace euphone
