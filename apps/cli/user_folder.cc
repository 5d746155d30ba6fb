#include "user_folder.h"

#include <cstdlib>

namespace euphone::cli {

Result<std::filesystem::path> UserFolder() {
  const char* const data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data == '/') return std::filesystem::path(data) / "euphone";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return std::filesystem::path(home) / ".local/share/euphone";
  return Error{Errc::kNotFound,
               "nobody says where your files are; set HOME, or XDG_DATA_HOME to a folder"};
}

}  // namespace euphone::cli
