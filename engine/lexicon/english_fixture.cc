#include "lexicon/english_fixture.h"

#include <filesystem>

namespace euphone::fixture {

std::string SourceText(std::string_view path) {
  return ReadFile(std::filesystem::path(EUPHONE_SOURCE_DIR) / path, 1 << 20).value();
}

}  // namespace euphone::fixture
