#include "update/download.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "base/compression.h"
#include "base/file.h"
#include "model/digest.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr char kUnfinished = '~';  // No path in a bundle has it.

Error SystemFailure(const fs::path& path, int code) {
  return {Errc::kIo, path.string() + ": " + std::generic_category().message(code)};
}

/// A file that grows at its end and is then given its name.
class GrowingFile {
 public:
  static Result<GrowingFile> Open(fs::path path) {
    GrowingFile file(std::move(path));
    file.descriptor_ = ::open(file.Temporary().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file.descriptor_ < 0) return SystemFailure(file.path_, errno);
    return file;
  }
  GrowingFile(GrowingFile&& other) noexcept
      : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
  GrowingFile& operator=(GrowingFile&&) = delete;
  ~GrowingFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  fs::path Temporary() const { return path_.string() + kUnfinished; }

  /// Forgets what lies behind `length`, and goes on there.
  Status CutTo(std::int64_t length) {
    if (::ftruncate(descriptor_, length) != 0 || ::lseek(descriptor_, length, SEEK_SET) < 0)
      return SystemFailure(path_, errno);
    return {};
  }
  Status Append(std::string_view content) {
    while (!content.empty()) {
      const ssize_t put = ::write(descriptor_, content.data(), content.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return SystemFailure(path_, errno);
      content.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
  }
  /// On disk before it has its name.
  Status Finish() {
    if (::fsync(descriptor_) != 0 || ::close(std::exchange(descriptor_, -1)) != 0 ||
        ::rename(Temporary().c_str(), path_.c_str()) != 0)
      return SystemFailure(path_, errno);
    const int folder = ::open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {  // The name, too; not every file system can be asked.
      static_cast<void>(::fsync(folder));
      ::close(folder);
    }
    return {};
  }

 private:
  explicit GrowingFile(fs::path path) : path_(std::move(path)) {}

  fs::path path_;
  int descriptor_ = -1;
};

/// Pieces of bundles that are installed, by what they hold.
class Installed {
 public:
  explicit Installed(const std::vector<fs::path>& folders) {
    std::error_code error;
    for (const fs::path& folder : folders) {
      for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (entry.is_regular_file(error)) Add(entry.path());
      }
    }
  }

  std::optional<std::span<const std::byte>> Find(const Chunk& chunk) const {
    const auto found = pieces_.find(chunk.sha256);
    if (found == pieces_.end() || std::cmp_not_equal(found->second.size(), chunk.length))
      return std::nullopt;
    return found->second;
  }

 private:
  void Add(const fs::path& path) {
    auto file = MappedFile::Open(path);
    if (!file) return;  // What cannot be read is fetched.
    for (auto rest = file->bytes(); !rest.empty();) {
      const auto piece = rest.first(NextChunk(rest));
      rest = rest.subspan(piece.size());
      pieces_.emplace(Sha256Hex(piece), piece);
    }
    files_.push_back(std::move(*file));
  }

  std::vector<MappedFile> files_;
  std::map<std::string, std::span<const std::byte>> pieces_;
};

std::string_view TextOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// One release on its way into one folder.
class Job {
 public:
  Job(UpdateSource& source, fs::path folder, const DownloadOptions& options)
      : source_(source), folder_(std::move(folder)), options_(options) {}

  Result<DownloadReport> Run(const Release& release) {
    auto text = source_.Fetch(ChunkIndex::PathOf(release.chunks.sha256), kMaxIndexBytes);
    if (!text) return text.error();
    if (Sha256Hex(std::as_bytes(std::span(*text))) != release.chunks.sha256)
      return Error{Errc::kCorrupt, release.label() + ": its index is not the one signed for"};
    const auto index = ChunkIndex::Parse(*text);
    if (!index) return Prefixed(release.label() + ": index of chunks", index.error());
    report_.bytes = index->length();
    report_.fetched = std::ssize(*text);
    if (auto status = RemoveOthers(*index); !status) return status.error();
    for (const ChunkedFile& file : index->files) {
      if (auto status = Fill(file); !status) return Prefixed(release.label(), status.error());
    }
    return report_;
  }

 private:
  Status RemoveOthers(const ChunkIndex& index) {
    std::set<fs::path> wanted;
    for (const ChunkedFile& file : index.files) {
      wanted.insert(folder_ / file.path);
      wanted.insert((folder_ / file.path).string() + kUnfinished);
    }
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) return Error{Errc::kIo, folder_.string() + ": " + error.message()};
    std::vector<fs::path> others;
    for (const auto& entry : fs::recursive_directory_iterator(folder_, error)) {
      if (!entry.is_directory() && !wanted.contains(entry.path())) others.push_back(entry.path());
    }
    for (const fs::path& other : others) fs::remove(other, error);
    return {};
  }

  /// How many of the file's chunks the content begins with, and their length.
  static std::pair<std::size_t, std::int64_t> Known(const ChunkedFile& file,
                                                    std::span<const std::byte> content) {
    std::size_t count = 0;
    std::int64_t length = 0;
    for (const Chunk& chunk : file.chunks) {
      if (std::cmp_less(content.size(), chunk.length)) break;
      const auto piece = content.first(static_cast<std::size_t>(chunk.length));
      if (Sha256Hex(piece) != chunk.sha256) break;
      content = content.subspan(piece.size());
      ++count;
      length += chunk.length;
    }
    return {count, length};
  }

  Status Fill(const ChunkedFile& file) {
    const fs::path path = folder_ / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    if (const auto there = MappedFile::Open(path)) {
      if (Known(file, there->bytes()).first == file.chunks.size() &&
          std::cmp_equal(there->bytes().size(), file.length())) {
        report_.resumed += file.length();
        return Tell(0, file.length());
      }
      fs::remove(path, error);
    }
    auto growing = GrowingFile::Open(path);
    if (!growing) return growing.error();
    std::size_t next = 0;
    if (const auto begun = MappedFile::Open(growing->Temporary())) {
      const auto [count, length] = Known(file, begun->bytes());
      next = count;
      report_.resumed += length;
      if (auto status = Tell(0, length); !status) return status;
      if (auto status = growing->CutTo(length); !status) return status;
    }
    for (; next < file.chunks.size(); ++next) {
      if (auto status = Take(file.chunks[next], *growing); !status) return status;
    }
    return growing->Finish();
  }

  Status Take(const Chunk& chunk, GrowingFile& file) {
    if (!installed_) installed_.emplace(options_.installed);
    if (const auto piece = installed_->Find(chunk)) {
      if (auto status = file.Append(TextOf(*piece)); !status) return status;
      report_.reused += chunk.length;
      return Tell(0, chunk.length);
    }
    auto stored = source_.Fetch(chunk.path(), static_cast<std::size_t>(chunk.stored));
    if (!stored) return stored.error();
    report_.fetched += std::ssize(*stored);
    const auto content = Decompressed(*stored, kMostChunk);
    if (!content || Sha256Hex(std::as_bytes(std::span(*content))) != chunk.sha256) {
      return Error{Errc::kCorrupt,
                   "a piece (" + chunk.sha256.substr(0, 12) + ") is not what was signed for"};
    }
    if (auto status = file.Append(*content); !status) return status;
    return Tell(std::ssize(*stored), chunk.length);
  }

  Status Tell(std::int64_t fetched, std::int64_t length) {
    done_ += length;
    if (!options_.progress || options_.progress(fetched, done_, report_.bytes)) return {};
    return Error{Errc::kInvalidArgument, "stopped; the same again goes on"};
  }

  UpdateSource& source_;
  fs::path folder_;
  const DownloadOptions& options_;
  std::optional<Installed> installed_;
  DownloadReport report_;
  std::int64_t done_ = 0;
};

}  // namespace

Result<DownloadReport> Download(const Release& release, UpdateSource& source,
                                const fs::path& folder, const DownloadOptions& options) {
  return Job(source, folder, options).Run(release);
}

}  // namespace euphone
