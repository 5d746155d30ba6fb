#include "base/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace euphone {

Result<FileLock> FileLock::Take(const std::filesystem::path& file, Kind kind, Patience patience) {
  const auto failed = [&](const std::string& why) {
    return Error{Errc::kIo, file.string() + ": " + why};
  };
  FileLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.descriptor_ < 0) return failed(std::generic_category().message(errno));
  const int how =
      (kind == Kind::kShared ? LOCK_SH : LOCK_EX) | (patience == Patience::kNone ? LOCK_NB : 0);
  while (::flock(lock.descriptor_, how) != 0) {
    if (errno == EWOULDBLOCK) return failed("another program has this open; close it first");
    if (errno != EINTR) return failed(std::generic_category().message(errno));
  }
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace euphone
