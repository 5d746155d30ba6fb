#include "tutor/knowledge_folder.h"

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file.h"

namespace euphone {

Result<Knowledge> OpenKnowledgeFolder(const std::filesystem::path& folder, const PhoneSet& phones) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  std::vector<Knowledge::Source> sources;
  for (const char* kind : {"contrasts", "languages", "prosody", "sounds"}) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / kind, none)) {
      if (entry.path().extension() != ".md") continue;
      auto text = ReadFile(entry.path(), kMostBytes);
      if (!text) return text.error();
      sources.push_back({entry.path().string(), *std::move(text)});
    }
  }
  if (sources.empty()) return Error{Errc::kNotFound, folder.string() + ": holds no topics"};
  std::ranges::sort(sources, {}, &Knowledge::Source::name);
  const auto references = ReadFile(folder / "sources.md", kMostBytes);
  return Knowledge::Parse(sources, phones, references ? *references : std::string());
}

}  // namespace euphone
