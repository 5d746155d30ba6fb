#include "lessons.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "exit_code.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

/// Names of the packs in a folder, in alphabetical order: "everyday, minimal-pairs".
std::string NamesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace

Result<std::vector<LessonPack>> OpenLessons(const InstallationOptions& options) {
  const auto data = FindData(options);
  if (!data) return data.error();
  std::vector<fs::path> paths;
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(*data / "packs" / options.language / "lessons", ignored))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<LessonPack> packs;
  for (const fs::path& path : paths) {
    auto pack = LessonPack::Open(path);
    if (!pack) return pack.error();
    packs.push_back(*std::move(pack));
  }
  return packs;
}

Result<LessonPack> OpenLesson(const InstallationOptions& options, const std::string& name) {
  std::error_code ignored;
  if (fs::exists(name, ignored)) return LessonPack::Open(name);
  const auto data = FindData(options);
  if (!data) return data.error();
  const fs::path folder = *data / "packs" / options.language / "lessons";
  if (name.find('/') == std::string::npos) {
    for (const fs::path& path : {folder / (name + ".tsv"), folder / name}) {
      if (fs::exists(path, ignored)) return LessonPack::Open(path);
    }
  }
  return Error{Errc::kNotFound, "there is no lesson '" + Shortened(name) +
                                    "'; give a file, a folder or one of: " + NamesIn(folder)};
}

}  // namespace euphone::cli
