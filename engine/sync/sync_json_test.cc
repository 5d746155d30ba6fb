#include "sync/sync_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace euphone {
namespace {

const std::string kUuid = "00000000-0000-4000-8000-000000000001";

/// One with a bit of everything.
SyncMessage Full() {
  const Operation named{{5, 1, "d1", 1}, {{"lesson", kUuid}, {{"name", "Th\xc3\xa9"}}}};
  const Operation gone{{6, 0, "d1", 2}, {{"poll", kUuid}, {}, true}};
  SyncMessage message{.from = "d1", .vector = {{"h1", 2}}, .pending = {named, gone}};
  message.delta.entries = {{"h1", 1, named, Stamp{5, 1, "d1", 1}},
                           {"h1", 2, {{6, 0, "d1", 3}, {{"lesson", kUuid}}}, {}, "not allowed"}};
  Snapshot snapshot{.vector = {{"h1", 2}}};
  for (const Entry& entry : message.delta.entries) snapshot.state.Join(entry);
  snapshot.state.Write(gone.change, gone.stamp);
  message.delta.snapshot = snapshot;
  return message;
}

std::string Mistake(const nlohmann::json& message) {
  const auto read = SyncMessageFromJson(message.dump());
  return read ? "" : read.error().message;
}

TEST(SyncJson, IsReadAsItWasWritten) {
  const std::string text = ToJson(Full());
  const auto read = SyncMessageFromJson(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(*read), text);
  EXPECT_EQ(CanonicalBytes(read->delta.snapshot->state),
            CanonicalBytes(Full().delta.snapshot->state));
}

TEST(SyncJson, SaysWhatIsWrong) {
  const nlohmann::json good = nlohmann::json::parse(ToJson(Full()));
  const auto with = [&](const char* pointer, const nlohmann::json& value) {
    nlohmann::json bad = good;
    bad[nlohmann::json::json_pointer(pointer)] = value;
    return Mistake(bad);
  };
  EXPECT_EQ(Mistake(good), "");
  EXPECT_EQ(with("/schema", "euphone.sync/2"), "sync message: its schema is not euphone.sync/1");
  EXPECT_EQ(with("/more", 1), "sync message: 'more' is no field of it");
  EXPECT_EQ(with("/vector/h1", -1),
            "sync message: a whole number from 0 to 9007199254740991 is needed");
  EXPECT_EQ(with("/from", std::string(65, 'x')),
            "sync message: a name of at most 64 bytes is needed");
  EXPECT_EQ(with("/pending/0/fields/name", 1.5),
            "sync message: change of lesson: field 'name' does not hold what it should");
  EXPECT_EQ(with("/pending/0/fields/name", std::string(kMaxTextBytes + 1, 'x')),
            "sync message: change of lesson: more than 16 KiB of text");
  EXPECT_EQ(with("/pending/0/uuid", "1"),
            "sync message: change of lesson: its id is no UUID in lower-case letters");
  EXPECT_EQ(with("/pending/0/stamp", 5), "sync message: a stamp is [ms, counter, device, number]");
  EXPECT_EQ(with("/entries/0/refused", "no"),
            "sync message: either 'counts_as' or 'refused' is needed");
  EXPECT_EQ(with("/snapshot/state/objects/1/fields", {{"a", {1, {1, 0, "d", 1}}}}),
            "sync message: what is deleted has no fields");
  nlohmann::json less = good;
  less.erase("vector");
  EXPECT_EQ(Mistake(less), "sync message: 'vector' is missing");
}

TEST(SyncJson, NoDamageOfAByteBringsItDown) {
  const std::string text = ToJson(Full());
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char with : {'\0', '"', '9', '{', ']', '\xff'}) {
      std::string damaged = text;
      damaged[at] = with;
      const auto read = SyncMessageFromJson(damaged);
      EXPECT_TRUE(read || read.error().message.find('\n') == std::string::npos);
    }
    EXPECT_FALSE(SyncMessageFromJson(text.substr(0, at)));
  }
}

TEST(SyncJson, NullsAreNoObjects) {
  for (const char* const text :
       {"", "null", "[]", "{}", R"({"schema":"euphone.sync/1"})",
        R"({"schema":"euphone.sync/1","from":"d","vector":[],"pending":[null],"entries":[[]]})"}) {
    EXPECT_FALSE(SyncMessageFromJson(text)) << text;
  }
}

}  // namespace
}  // namespace euphone
