#include "update/source.h"

#include <system_error>

#include "base/file.h"

namespace euphone {

Result<std::string> FolderSource::Fetch(const std::string& path, std::size_t max_bytes) {
  auto content = ReadFile(folder_ / path, max_bytes);
  std::error_code ignored;
  if (!content && content.error().code == Errc::kNotFound &&
      !std::filesystem::is_directory(folder_, ignored))
    return Error{Errc::kIo, folder_.string() + ": there is no repository"};
  return content;
}

}  // namespace euphone
