#include "audio/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

namespace euphone {
namespace {

Error SystemError(int code) {
  return {code == ENOENT ? Errc::kNotFound : Errc::kIo, std::generic_category().message(code)};
}

/// read(2) or pread(2) until `out` is full or the end comes. `read` takes (place, count, done).
template <class Read>
Result<std::size_t> Fill(std::span<std::byte> out, Read read) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = read(out.data() + done, out.size() - done, done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(errno);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

/// Waits until `fd` has something to read or has ended. Fails: kIo once `stop` has something.
Status WaitFor(int fd, int stop) {
  if (stop < 0) return {};
  std::array<pollfd, 2> both{{{fd, POLLIN, 0}, {stop, POLLIN, 0}}};
  while (::poll(both.data(), both.size(), -1) < 0) {
    if (errno != EINTR) return SystemError(errno);
  }
  if (both[1].revents != 0) return Error{Errc::kIo, "stopped before all of it had come"};
  return {};
}

/// A descriptor, closed at the end only if it is ours.
class Descriptor {
 public:
  Descriptor(int fd, bool owned) : fd_(fd), owned_(owned) {}
  Descriptor(Descriptor&& other) noexcept
      : fd_(other.fd_), owned_(std::exchange(other.owned_, false)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (owned_) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::span<const std::byte> bytes) : bytes_(bytes) {}
  /// Owns what it shows.
  explicit MemorySource(std::vector<std::byte> bytes) : owned_(std::move(bytes)), bytes_(owned_) {}

  Result<std::size_t> ReadAt(std::int64_t offset, std::span<std::byte> out) override {
    if (offset < 0 || offset >= std::ssize(bytes_)) return std::size_t{0};
    const auto rest = bytes_.subspan(static_cast<std::size_t>(offset));
    const std::size_t count = std::min(out.size(), rest.size());
    std::copy_n(rest.begin(), count, out.begin());
    return count;
  }
  std::optional<std::int64_t> size() const override { return std::ssize(bytes_); }

 private:
  std::vector<std::byte> owned_;
  std::span<const std::byte> bytes_;
};

class FileSource : public ByteSource {
 public:
  FileSource(Descriptor file, std::int64_t begin, std::int64_t size)
      : file_(std::move(file)), begin_(begin), size_(size) {}

  Result<std::size_t> ReadAt(std::int64_t offset, std::span<std::byte> out) override {
    if (offset < 0 || offset >= size_) return std::size_t{0};
    return Fill(out, [&](std::byte* place, std::size_t count, std::size_t done) {
      return ::pread(file_.get(), place, count, begin_ + offset + static_cast<std::int64_t>(done));
    });
  }
  std::optional<std::int64_t> size() const override { return size_; }

 private:
  Descriptor file_;
  std::int64_t begin_;
  std::int64_t size_;
};

class PipeSource : public ByteSource {
 public:
  PipeSource(Descriptor pipe, int stop) : pipe_(std::move(pipe)), stop_(stop) {}

  Result<std::size_t> ReadAt(std::int64_t offset, std::span<std::byte> out) override {
    if (offset < 0) return std::size_t{0};
    const std::int64_t end = offset + std::ssize(out);
    if (auto status = FillHead(static_cast<std::size_t>(std::min<std::int64_t>(end, kPipeHead)));
        !status) {
      return status.error();
    }
    std::size_t done = 0;
    if (offset < std::ssize(head_)) {
      const auto from = static_cast<std::size_t>(offset);
      done = std::min(out.size(), head_.size() - from);
      std::copy_n(head_.begin() + offset, done, out.begin());
    }
    if (done == out.size() || offset + static_cast<std::int64_t>(done) != position_) return done;
    auto more = Pull(out.subspan(done));
    if (!more) return more.error();
    return done + *more;
  }
  std::optional<std::int64_t> size() const override { return std::nullopt; }

 private:
  Status FillHead(std::size_t wanted) {
    const std::size_t had = head_.size();
    if (wanted <= had || position_ > std::ssize(head_)) return {};
    head_.resize(wanted);
    auto got = Pull(std::span(head_).subspan(had));
    head_.resize(had + (got ? *got : 0));
    if (!got) return got.error();
    return {};
  }

  Result<std::size_t> Pull(std::span<std::byte> out) {
    Status waited;
    auto got = Fill(out, [&](std::byte* place, std::size_t count, std::size_t) {
      waited = WaitFor(pipe_.get(), stop_);
      return waited ? ::read(pipe_.get(), place, count) : 0;
    });
    if (!waited) return waited.error();
    if (got) position_ += static_cast<std::int64_t>(*got);
    return got;
  }

  Descriptor pipe_;
  int stop_;
  std::vector<std::byte> head_;
  std::int64_t position_ = 0;  ///< Bytes taken from the pipe so far.
};

Result<std::unique_ptr<ByteSource>> Open(Descriptor file, int stop) {
  struct stat info {};
  if (::fstat(file.get(), &info) != 0) return SystemError(errno);
  if (S_ISDIR(info.st_mode)) return SystemError(EISDIR);
  if (!S_ISREG(info.st_mode))
    return std::unique_ptr<ByteSource>(std::make_unique<PipeSource>(std::move(file), stop));
  const std::int64_t begin = ::lseek(file.get(), 0, SEEK_CUR);
  if (begin < 0) return SystemError(errno);
  const std::int64_t size = std::max<std::int64_t>(0, info.st_size - begin);
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(std::move(file), begin, size));
}

}  // namespace

std::unique_ptr<ByteSource> OpenMemory(std::span<const std::byte> bytes) {
  return std::make_unique<MemorySource>(bytes);
}

Result<std::unique_ptr<ByteSource>> OpenDescriptor(int descriptor, int stop) {
  return Open(Descriptor(descriptor, false), stop);
}

Result<std::unique_ptr<ByteSource>> OpenFile(const std::filesystem::path& path, int stop) {
  // Opening a named pipe would wait for its writer, where nothing could stop it.
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | (stop < 0 ? 0 : O_NONBLOCK));
  if (fd < 0) return SystemError(errno);
  Descriptor file(fd, true);
  if (stop >= 0 && ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK) < 0)
    return SystemError(errno);
  return Open(std::move(file), stop);
}

Result<std::unique_ptr<ByteSource>> Seekable(std::unique_ptr<ByteSource> source,
                                             std::size_t max_bytes) {
  if (source->size()) return source;
  std::vector<std::byte> bytes;
  std::vector<std::byte> block(1 << 16);
  for (;;) {
    auto got = source->ReadAt(std::ssize(bytes), block);
    if (!got) return got.error();
    if (*got == 0) break;
    bytes.insert(bytes.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*got));
    if (bytes.size() > max_bytes) {
      return Error{Errc::kTooLarge, "more than " + std::to_string(max_bytes >> 20) +
                                        " MB came through the pipe; save them to a file first"};
    }
  }
  return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(std::move(bytes)));
}

}  // namespace euphone
