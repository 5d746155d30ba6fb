#include "assembly/updated_bundle.h"

#include <cstdlib>
#include <system_error>

#include "assembly/user_folder.h"
#include "update/in_use.h"

namespace euphone {

namespace fs = std::filesystem;

fs::path UpdatesFolder() {
  if (const char* named = std::getenv("EUPHONE_UPDATES"); named != nullptr) return named;
  const auto folder = UserFolder();
  return folder ? *folder / "updates" : fs::path();
}

fs::path UpdatedBundle(const std::string& name) {
  const fs::path updates = UpdatesFolder();
  if (updates.empty()) return {};
  const auto in_use = FindInUse(updates, name);
  std::error_code ignored;
  if (!in_use || !*in_use || !fs::exists((*in_use)->folder / "manifest.json", ignored)) return {};
  return (*in_use)->folder;
}

}  // namespace euphone
