#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct archive;

namespace euphone {

/// Makes a ZIP archive in memory. Thread: one at a time.
class ZipWriter {
 public:
  /// Add() fails with kTooLarge once the archive has more than `most_bytes`.
  explicit ZipWriter(std::size_t most_bytes);

  /// `name`: with slashes between folders. Fails: kTooLarge, kInternal.
  Status Add(const std::string& name, std::string_view content);

  /// The whole archive; nothing can be added after it. Fails: kInternal.
  Result<std::string> Finish();

 private:
  struct Free {
    void operator()(archive* zip) const;
  };

  const std::size_t most_bytes_;
  std::unique_ptr<std::string> bytes_;  ///< Where libarchive writes, wherever this object moves to.
  std::unique_ptr<archive, Free> zip_;
};

}  // namespace euphone
