#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "audio/byte_source.h"
#include "base/result.h"

namespace euphone {

/// A part of a source as a file with a position, as C decoders want it. Internal to this module.
/// Thread: one at a time.
class SourceWindow {
 public:
  /// Shows the bytes [begin, begin + length) of `source`, at most as far as it reaches.
  SourceWindow(std::unique_ptr<ByteSource> source, std::int64_t begin, std::int64_t length);

  std::int64_t length() const { return length_; }
  std::int64_t position() const { return position_; }
  /// Why a read gave too little; absent where all went well.
  const std::optional<Error>& error() const { return error_; }

  /// `whence` as in fseek; stays within the window. Gives the new position.
  std::int64_t Seek(std::int64_t offset, int whence);
  /// Gives the bytes read: 0 at the end and after an error.
  std::size_t Read(std::span<std::byte> out);

 private:
  std::unique_ptr<ByteSource> source_;
  std::int64_t begin_;
  std::int64_t length_;
  std::int64_t position_ = 0;
  std::optional<Error> error_;
};

}  // namespace euphone
