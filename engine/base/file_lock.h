#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace euphone {

/// An advisory lock on a file, made where it is missing; let go with this object, and by the
/// system with the program. Thread: any; locks of one program count like those of several.
class FileLock {
 public:
  enum class Kind { kShared, kAlone };
  enum class Patience { kWait, kNone };

  /// Fails: kIo, also where another holds it and one does not wait for it.
  static Result<FileLock> Take(const std::filesystem::path& file, Kind kind, Patience patience);

  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace euphone
