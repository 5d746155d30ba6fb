#include "mcp_files.h"

#include <algorithm>
#include <system_error>

#include "exit_code.h"

namespace euphone::cli {

namespace fs = std::filesystem;

Result<fs::path> FileUnder(const fs::path& root, const std::string& path) {
  const std::string name = Shortened(path);
  if (path.empty() || path.find('\0') != std::string::npos)
    return Error{Errc::kInvalidArgument, "this is no path of a file"};
  std::error_code failed;
  const fs::path absolute = fs::absolute(path, failed);
  const fs::path file = failed ? fs::path() : fs::weakly_canonical(absolute, failed);
  if (failed) return Error{Errc::kNotFound, name + ": " + failed.message()};
  if (std::mismatch(root.begin(), root.end(), file.begin(), file.end()).first != root.end()) {
    return Error{Errc::kInvalidArgument, name + ": lies outside of " + Shortened(root.string()) +
                                             ", and only files in there are read; euphone mcp "
                                             "--root DIR names another folder"};
  }
  const fs::file_status status = fs::status(file, failed);
  if (!fs::exists(status)) return Error{Errc::kNotFound, name + ": there is no such file"};
  if (!fs::is_regular_file(status)) return Error{Errc::kUnsupported, name + ": is no file"};
  return file;
}

}  // namespace euphone::cli
