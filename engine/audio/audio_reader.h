#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "audio/quality.h"
#include "audio/raw_format.h"
#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// The rate that everything after the reader works at, unless it asks for the recording's own.
inline constexpr SampleRate kRecordingRate{16000};

/// What was recorded, as the engine wants it.
struct Recording {
  /// Mono at `rate`, finite, nominally in [-1, 1], without an offset. Empty where the
  /// recording is complete and holds none.
  std::vector<float> samples;
  SourceFormat source;
  SampleRate rate = kRecordingRate;  ///< Of the samples.
};

/// Takes the mean of the samples off, where it is no chance, and tells it in the source format: a
/// constant is nothing that can be heard, but the model was trained without. The mean rather than a
/// high-pass filter: what has no offset stays as it is, sample by sample.
void RemoveOffset(Recording& recording);

struct ReadOptions {
  double max_seconds = 300.0;                   ///< A longer recording is refused, not cut.
  std::optional<RawFormat> raw = std::nullopt;  ///< Set: the input has no header.
  /// A descriptor: once it has something to read, waiting for more of a pipe ends with kIo. -1: no
  /// such descriptor.
  int stop = -1;
  /// Set: the samples keep the recording's own rate up to this one, where every period counts.
  std::optional<SampleRate> keep_up_to = std::nullopt;
};

/// Reads WAV, AIFF, FLAC, Ogg (Vorbis, Opus), MP3 or raw samples of any rate, depth and number of
/// channels within the limits of raw_format.h. Channels are averaged: one voice in one of 64
/// channels comes out 36 dB quieter, which the quality gate then reports; where channels cancel
/// each other, the loudest is taken. A constant offset is taken off and told in the source format.
/// What a damaged file still holds is given and marked as truncated; its claims of more are not
/// believed.
/// Memory: a block and the mono result, never more with the length of a refused recording. A pipe
/// that carries another container than WAV is held as it is, at most 64 MB.
/// Fails, with one line that names the input and says what to do: kNotFound, kIo, kCorrupt,
/// kUnsupported, kTooLarge (longer than the limit), kInternal.
Result<Recording> ReadRecording(const std::filesystem::path& file, const ReadOptions& options = {});

/// Reads the rest of an open descriptor, which may be a pipe (standard input); the caller keeps
/// it. `name` is for messages.
Result<Recording> ReadRecording(int descriptor, std::string_view name,
                                const ReadOptions& options = {});

Result<Recording> ReadRecording(std::span<const std::byte> bytes, std::string_view name,
                                const ReadOptions& options = {});

}  // namespace euphone
