#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>

#include "base/result.h"

namespace euphone {

/// Bytes that can be read at a position, wherever they come from. Internal to this module.
/// Thread: one at a time.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Fills `out` from `offset`; gives fewer bytes only where the source ends. A pipe gives the
  /// bytes of its first kPipeHead bytes at any time, later ones only in order, each once; out of
  /// order it gives none. Fails: kIo.
  virtual Result<std::size_t> ReadAt(std::int64_t offset, std::span<std::byte> out) = 0;

  /// Length in bytes; absent for a pipe.
  virtual std::optional<std::int64_t> size() const = 0;
};

/// The part of a pipe that may be read again: room for a header with some pictures in it.
inline constexpr std::size_t kPipeHead = 1 << 20;

/// `bytes` must outlive the source.
std::unique_ptr<ByteSource> OpenMemory(std::span<const std::byte> bytes);

/// The rest of what `descriptor` holds, from its present position; the descriptor stays the
/// caller's and must stay open. Reading a pipe waits for its writer until `stop`, a descriptor
/// too, has something to read; -1: for ever. Fails: kIo (also for a directory).
Result<std::unique_ptr<ByteSource>> OpenDescriptor(int descriptor, int stop = -1);

/// Fails: kNotFound, kIo. A named pipe or a device is read as a pipe; `stop` as above.
Result<std::unique_ptr<ByteSource>> OpenFile(const std::filesystem::path& path, int stop = -1);

/// Reads a pipe to its end, so that all of it can be read at any position; another source comes
/// back as it is. Fails: kTooLarge over `max_bytes`, kIo.
Result<std::unique_ptr<ByteSource>> Seekable(std::unique_ptr<ByteSource> source,
                                             std::size_t max_bytes);

}  // namespace euphone
