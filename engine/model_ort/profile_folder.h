#pragma once

#include <filesystem>
#include <utility>

#include "base/result.h"

namespace euphone {

/// A folder of this process alone, for as long as this object lives; or none. Internal to this
/// module.
class ProfileFolder {
 public:
  ProfileFolder() = default;  ///< None.
  /// Below the folder for temporary files. Fails: kIo.
  static Result<ProfileFolder> Make();

  ProfileFolder(ProfileFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ProfileFolder& operator=(ProfileFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~ProfileFolder();

  const std::filesystem::path& path() const { return path_; }  ///< Empty for none.

 private:
  explicit ProfileFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace euphone
