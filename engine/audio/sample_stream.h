#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "audio/quality.h"
#include "audio/raw_format.h"
#include "base/result.h"

namespace euphone {

class Decoder;

/// A recording as it was made: all channels at its own rate, block by block, however long it is.
/// For what listens to machines; speech goes through ReadRecording(). Takes the same containers.
/// Memory: a block; a pipe that carries another container than WAV is held as it is, at most 64 MB.
/// Thread: one at a time.
class SampleStream {
 public:
  /// `raw`: the input has no header. `stop`: as in ReadOptions. Fails as ReadRecording().
  static Result<SampleStream> Open(const std::filesystem::path& file,
                                   const std::optional<RawFormat>& raw = {}, int stop = -1);
  /// Reads an open descriptor, which may be a pipe; the caller keeps it. `name` is for messages.
  static Result<SampleStream> Open(int descriptor, std::string_view name,
                                   const std::optional<RawFormat>& raw = {}, int stop = -1);

  SampleStream(SampleStream&&) noexcept;
  SampleStream& operator=(SampleStream&&) noexcept;
  ~SampleStream();

  /// `seconds` is 0: nobody knows before the end.
  const SourceFormat& format() const;

  /// Fills `interleaved`, of a whole number of frames (one sample of each channel); gives the
  /// frames read, 0 at the end. Fails: kIo.
  Result<std::size_t> Read(std::span<float> interleaved);

 private:
  SampleStream(std::unique_ptr<Decoder> decoder, std::string name);

  std::unique_ptr<Decoder> decoder_;
  std::string name_;
};

}  // namespace euphone
