#include "base/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace euphone {

Status WritePrivateFile(const std::filesystem::path& path, std::string_view content) {
  const auto failure = [&](int code) {
    return Error{Errc::kIo, path.string() + ": " + std::generic_category().message(code)};
  };
  const std::filesystem::path folder = path.parent_path();
  std::error_code failed;
  if (!folder.empty() && std::filesystem::create_directories(folder, failed))
    ::chmod(folder.c_str(), S_IRWXU);
  if (failed) return failure(failed.value());
  std::string temporary = path.string() + ".XXXXXX";
  const int file = ::mkostemp(temporary.data(), O_CLOEXEC);  // 0600
  if (file < 0) return failure(errno);
  int code = 0;
  while (code == 0 && !content.empty()) {
    const ssize_t put = ::write(file, content.data(), content.size());
    if (put >= 0)
      content.remove_prefix(static_cast<std::size_t>(put));
    else if (errno != EINTR)
      code = errno;
  }
  if (code == 0 && ::fsync(file) != 0) code = errno;
  if (::close(file) != 0 && code == 0) code = errno;
  if (code == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) code = errno;
  if (code == 0) return {};
  ::unlink(temporary.c_str());
  return failure(code);
}

}  // namespace euphone
