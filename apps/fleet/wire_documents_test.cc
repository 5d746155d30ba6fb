#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.h"
#include "fleet/wire.h"
#include "sync/sync_json.h"

namespace euphone::fleet {
namespace {

namespace fs = std::filesystem;

/// What is made of a document by reading and writing it.
template <class Read>
std::string Again(const std::string& text, Read read) {
  const auto message = read(text);
  EXPECT_TRUE(message) << message.error().message;
  return message ? ToJson(*message) : "null";
}

// The same files that tests/contract/test_fleet_schemas.py holds against contract/.
TEST(WireDocumentsTest, EachMessageIsWrittenAsItWasRead) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(EUPHONE_SOURCE_DIR "/apps/fleet/testdata")) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = entry.path().stem().string();
    const std::string text = ReadFile(entry.path(), 1 << 20).value();
    SCOPED_TRACE(name);
    ++count;
    std::string again;
    if (name.starts_with("up_")) again = Again(text, ReadUpMessage);
    if (name.starts_with("sync_")) again = Again(text, SyncMessageFromJson);
    if (name == "orders") again = Again(text, ReadOrders);
    if (name == "cursors") again = Again(text, ReadCursors);
    EXPECT_EQ(nlohmann::json::parse(again), nlohmann::json::parse(text));
  }
  EXPECT_EQ(count, 9);
}

}  // namespace
}  // namespace euphone::fleet
