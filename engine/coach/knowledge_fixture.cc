#include "coach/knowledge_fixture.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"

namespace euphone::fixture {

Knowledge EnglishKnowledge(const PhoneSet& phones) {
  std::vector<Knowledge::Source> sources;
  const std::filesystem::path folder =
      std::filesystem::path(EUPHONE_SOURCE_DIR) / "data" / "knowledge";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().parent_path() != folder)
      sources.push_back({entry.path().string(), ReadFile(entry.path(), 1 << 20).value()});
  }
  std::ranges::sort(sources, {}, &Knowledge::Source::name);
  return Knowledge::Parse(sources, phones).value();
}

}  // namespace euphone::fixture
