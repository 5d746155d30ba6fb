#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone {

/// Reads a whole file. Fails: kNotFound, kIo (also for a directory), kTooLarge over `max_bytes`.
Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t max_bytes);

/// Writes `content` beside `path` and renames it into place: readers see the old file or the new
/// one, never half of it, and a full disk leaves the old one alone. Fails: kIo.
Status WriteFileAtomically(const std::filesystem::path& path, std::string_view content);

/// A file mapped read-only. The bytes live as long as this object; moving it keeps them in place.
/// Thread: the mapping may be read from any thread.
class MappedFile {
 public:
  /// Fails: kNotFound, kIo. An empty file maps to no bytes.
  static Result<MappedFile> Open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  MappedFile(const std::byte* data, std::size_t size) : data_(data), size_(size) {}

  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace euphone
