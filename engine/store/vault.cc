#include "store/vault.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

// An hour of 16-bit samples at 48 kHz, uncompressed.
constexpr std::size_t kLargestFile = 400 << 20;
constexpr std::size_t kDigits = 64;

std::string EndingOf(const std::string& name) {
  return name.size() > kDigits ? name.substr(kDigits) : std::string();
}

}  // namespace

fs::path Vault::PathOf(const std::string& name) const {
  return folder_ / name.substr(0, 2) / (encrypted_ ? name + ".sealed" : name);
}

Result<Vault::Kept> Vault::Put(std::string_view content, std::string_view ending,
                               const SecretKey& key) {
  Kept kept{KeyedName(content, key) + std::string(ending), 0};
  const fs::path file = PathOf(kept.name);
  std::error_code failed;
  if (const auto size = fs::file_size(file, failed); !failed) {
    kept.bytes = static_cast<std::int64_t>(size);
    return kept;
  }
  fs::create_directories(file.parent_path(), failed);
  if (failed)
    return Error{Errc::kIo, file.parent_path().string() + ": cannot make it: " + failed.message()};
  const std::string sealed = encrypted_ ? Sealed(content, key) : std::string(content);
  if (auto status = WriteFileAtomically(file, sealed); !status) return status.error();
  kept.bytes = static_cast<std::int64_t>(sealed.size());
  return kept;
}

Result<std::string> Vault::Open(const std::string& name, const SecretKey& key) const {
  const fs::path file = PathOf(name);
  auto content = ReadFile(file, kLargestFile);
  if (!content) return content.error();
  if (encrypted_) {
    content = Unsealed(*content, key);
    if (!content) return Prefixed(file.string(), content.error());
  }
  if (KeyedName(*content, key) + EndingOf(name) != name)
    return Error{Errc::kCorrupt, file.string() + ": it is damaged: its name says so"};
  return content;
}

Status Vault::Remove(const std::string& name) const {
  std::error_code failed;
  fs::remove(PathOf(name), failed);
  if (failed) {
    return Error{Errc::kIo, PathOf(name).string() + ": cannot be removed: " + failed.message()};
  }
  return {};
}

Status Vault::ForEachFile(
    const std::function<void(const std::string&, const fs::path&)>& file) const {
  const auto paths = FilesBelow(folder_);
  if (!paths) return paths.error();
  for (const fs::path& path : *paths) {
    const bool sealed = encrypted_ && path.extension() == ".sealed";
    file((sealed ? path.stem() : path.filename()).string(), path);
  }
  return {};
}

Result<std::vector<fs::path>> FilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  if (!fs::exists(folder, failed)) return files;
  for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (entry->is_regular_file(failed)) files.push_back(entry->path());
  }
  if (failed) return Error{Errc::kIo, folder.string() + ": cannot be read: " + failed.message()};
  std::ranges::sort(files);
  return files;
}

}  // namespace euphone
