#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/secrets.h"

namespace euphone {

/// Every file in a folder and those below it, sorted; none where there is no such folder. Fails:
/// kIo.
Result<std::vector<std::filesystem::path>> FilesBelow(const std::filesystem::path& folder);

/// Recordings as files, each named by its content under its learner's key: two takes of the same
/// samples are one file, and a name tells nothing. A file appears whole or not at all.
/// Thread: any.
class Vault {
 public:
  /// `folder` is made where it is missing. `encrypted`: the files are sealed, too.
  Vault(std::filesystem::path folder, bool encrypted)
      : folder_(std::move(folder)), encrypted_(encrypted) {}

  struct Kept {
    std::string name;  ///< Its file's, for Open() and Remove().
    std::int64_t bytes = 0;
  };
  /// An encoded recording; `ending`: ".flac" or ".opus". On disk, and to stay there even if the
  /// power fails, once it returns. Fails: kIo (full disk).
  Result<Kept> Put(std::string_view content, std::string_view ending, const SecretKey& key);

  /// The encoded recording: a FLAC or Ogg Opus file. Fails: kNotFound; kCorrupt where it is not
  /// what its name says, or the key is another one.
  Result<std::string> Open(const std::string& name, const SecretKey& key) const;

  /// Harmless where it is gone already.
  Status Remove(const std::string& name) const;

  std::filesystem::path PathOf(const std::string& name) const;

  /// Every file there is, kept or left over: its name where it is one of ours, and where it lies.
  Status ForEachFile(
      const std::function<void(const std::string& name, const std::filesystem::path&)>& file) const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  bool encrypted_;
};

}  // namespace euphone
