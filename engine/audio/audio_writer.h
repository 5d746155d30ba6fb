#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// Whether the writer knows the format of a file of this name; else kUnsupported, listing those
/// that it knows: .wav and .flac (16 bits), .ogg (Vorbis), .opus.
Status CheckWritable(const std::filesystem::path& file);

/// Writes a mono recording as it comes.
/// A file is written under a name of its own beside the one it is to have, which it gets in
/// Finish(): nobody sees half of it. Without Finish() it goes away with the writer.
/// Memory: constant. Thread: one at a time.
class AudioWriter {
 public:
  /// `in`: the rate of the samples that will come. `out`: that of the file; absent: `in`, or for
  /// Opus the nearest that it has. Fails: kUnsupported (the name's ending, or a rate that the
  /// format does not have), kNotFound (no such folder), kIo.
  static Result<AudioWriter> Create(const std::filesystem::path& file, SampleRate in,
                                    std::optional<SampleRate> out = {});

  /// Writes to an open descriptor, which may be a pipe and stays the caller's: 16-bit samples,
  /// little-endian, behind a WAV header that leaves the length open, or behind none.
  static Result<AudioWriter> ToDescriptor(int descriptor, std::string_view name, SampleRate in,
                                          std::optional<SampleRate> out, bool header);

  AudioWriter(AudioWriter&&) noexcept;
  AudioWriter& operator=(AudioWriter&&) noexcept;
  ~AudioWriter();

  /// Samples must be finite; beyond [-1, 1] they are clipped. Fails: kIo (a full disk, a closed
  /// pipe); what came before is kept by Finish().
  Status Write(PcmView samples);

  /// Ends the recording and gives the file its name, even where Write() failed before. Fails: kIo;
  /// a file that could not be ended properly has its name all the same. Call it once.
  Status Finish();

  /// Of what is written.
  SampleRate rate() const;

 private:
  class Target;
  class FileTarget;
  class DescriptorTarget;
  struct State;

  explicit AudioWriter(std::unique_ptr<State> state);
  static Result<AudioWriter> Wrap(std::unique_ptr<Target> target, SampleRate in, SampleRate out);

  std::unique_ptr<State> state_;
};

/// A whole recording at once: Create(), Write(), Finish().
Status WriteAudio(const std::filesystem::path& file, PcmView samples, SampleRate rate);

}  // namespace euphone
