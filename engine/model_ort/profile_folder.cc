#include "model_ort/profile_folder.h"

#include <unistd.h>

#include <string>
#include <system_error>

namespace euphone {

namespace fs = std::filesystem;

Result<ProfileFolder> ProfileFolder::Make() {
  std::error_code failed;
  const fs::path base = fs::temp_directory_path(failed);
  std::string name = (base / "euphone-profile-XXXXXX").string();
  if (failed || ::mkdtemp(name.data()) == nullptr) {
    return Error{
        Errc::kIo,
        base.string() + ": no folder can be made there to note what runs where; set TMPDIR"};
  }
  return ProfileFolder(fs::path(name));
}

ProfileFolder::~ProfileFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace euphone
