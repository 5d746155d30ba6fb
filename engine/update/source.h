#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace euphone {

/// Where a repository's files come from: a folder, a hub. Nothing that it gives is believed before
/// it was checked.
class UpdateSource {
 public:
  UpdateSource() = default;
  UpdateSource(const UpdateSource&) = delete;
  UpdateSource& operator=(const UpdateSource&) = delete;
  virtual ~UpdateSource() = default;

  /// The whole file at a path such as "metadata/3.targets.json". Fails: kNotFound where there is
  /// none; kTooLarge over `max_bytes`; kIo where it cannot be reached, now or at all.
  virtual Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) = 0;
};

/// A repository that lies in a folder: on this disk, a share, a stick.
class FolderSource final : public UpdateSource {
 public:
  explicit FolderSource(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace euphone
