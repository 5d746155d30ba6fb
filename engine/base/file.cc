#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace euphone {

namespace fs = std::filesystem;

namespace {

/// Closes the descriptor when it goes out of scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  /// Closes now; false if the system could not keep what was written.
  bool Close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

Error SystemError(const std::filesystem::path& path, int code) {
  const Errc kind = code == ENOENT ? Errc::kNotFound : Errc::kIo;
  return {kind, path.string() + ": " + std::generic_category().message(code)};
}

Result<std::size_t> RegularFileSize(int fd, const std::filesystem::path& path) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return SystemError(path, errno);
  if (S_ISDIR(info.st_mode)) return SystemError(path, EISDIR);
  return static_cast<std::size_t>(info.st_size);
}

}  // namespace

Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return SystemError(path, errno);
  if (auto size = RegularFileSize(file.get(), path); !size) return size.error();
  std::string content;
  char chunk[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(path, errno);
    if (got == 0) return content;
    content.append(chunk, static_cast<std::size_t>(got));
    if (content.size() > max_bytes) {
      return Error{Errc::kTooLarge, path.string() + ": larger than the limit of " +
                                        std::to_string(max_bytes) + " bytes"};
    }
  }
}

Status WriteFileAtomically(const std::filesystem::path& path, std::string_view content) {
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return SystemError(path, errno);
  const auto fail = [&](int code) {
    ::unlink(temporary.c_str());
    return SystemError(path, code);
  };
  while (!content.empty()) {
    const ssize_t put = ::write(file.get(), content.data(), content.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return fail(errno);
    content.remove_prefix(static_cast<std::size_t>(put));
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (::fchmod(file.get(), 0666 & ~mask) != 0 || ::fsync(file.get()) != 0 || !file.Close())
    return fail(errno);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return fail(errno);
  // The name, too, is to survive a loss of power; not every file system can be asked.
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (const Descriptor named(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      named.get() >= 0) {
    static_cast<void>(::fsync(named.get()));
  }
  return {};
}

Result<MappedFile> MappedFile::Open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return SystemError(path, errno);
  const auto size = RegularFileSize(file.get(), path);
  if (!size) return size.error();
  if (*size == 0) return MappedFile(nullptr, 0);
  void* data = ::mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (data == MAP_FAILED) return SystemError(path, errno);
  return MappedFile(static_cast<const std::byte*>(data), *size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace euphone
