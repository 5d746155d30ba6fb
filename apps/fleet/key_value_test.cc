#include "fleet/key_value.h"

#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::UnorderedElementsAre;

class KeyValueTest : public WithNats {
 protected:
  void SetUp() override {
    WithNats::SetUp();
    if (HasFatalFailure()) return;
    auto stream = JetStream::Of(broker());
    ASSERT_TRUE(stream) << stream.error().message;
    jet_.emplace(*std::move(stream));
    auto bucket = KeyValue::Open(*jet_, {.name = "settings", .history = 5});
    ASSERT_TRUE(bucket) << bucket.error().message;
    bucket_.emplace(*std::move(bucket));
  }

  std::optional<JetStream> jet_;
  std::optional<KeyValue> bucket_;
};

TEST_F(KeyValueTest, GivesWhatWasPut) {
  EXPECT_FALSE(bucket_->Get("model")->has_value());
  const auto first = bucket_->Put("model", "standard");
  ASSERT_TRUE(first) << first.error().message;
  const auto entry = bucket_->Get("model");
  ASSERT_TRUE(entry && entry->has_value());
  EXPECT_EQ((*entry)->value, "standard");
  EXPECT_EQ((*entry)->revision, *first);
  EXPECT_GT(*bucket_->Put("model", "large"), *first);
  ASSERT_TRUE(bucket_->Delete("model"));
  EXPECT_FALSE(bucket_->Get("model")->has_value());
}

TEST_F(KeyValueTest, CreatesAndUpdatesOnlyWhatIsAsExpected) {
  const auto created = bucket_->Create("leader", "a");
  ASSERT_TRUE(created) << created.error().message;
  ASSERT_TRUE(created->has_value());
  const auto late = bucket_->Create("leader", "b");
  ASSERT_TRUE(late) << late.error().message;
  EXPECT_FALSE(late->has_value());
  const auto updated = bucket_->Update("leader", "b", **created);
  ASSERT_TRUE(updated && updated->has_value());
  const auto stale = bucket_->Update("leader", "c", **created);
  ASSERT_TRUE(stale) << stale.error().message;
  EXPECT_FALSE(stale->has_value());
  EXPECT_EQ((*bucket_->Get("leader"))->value, "b");
}

TEST_F(KeyValueTest, ListsItsKeys) {
  EXPECT_TRUE(bucket_->Keys()->empty());
  ASSERT_TRUE(bucket_->Put("room.1", "a"));
  ASSERT_TRUE(bucket_->Put("room.2", "b"));
  EXPECT_THAT(*bucket_->Keys(), UnorderedElementsAre("room.1", "room.2"));
}

TEST_F(KeyValueTest, WatchTellsWhatIsThereThenEachChange) {
  ASSERT_TRUE(bucket_->Put("room.1", "a"));
  ASSERT_TRUE(bucket_->Put("other", "x"));
  auto watch = bucket_->Watch("room.*");
  ASSERT_TRUE(watch) << watch.error().message;
  const auto there = watch->Next(seconds(5));
  ASSERT_TRUE(there && *there && (*there)->entry);
  EXPECT_EQ((*there)->entry->value, "a");
  const auto all = watch->Next(seconds(5));
  ASSERT_TRUE(all && *all);
  EXPECT_FALSE((*all)->entry.has_value());
  const auto nothing = watch->Next(milliseconds(50));
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(nothing->has_value());
  ASSERT_TRUE(bucket_->Put("room.1", "b"));
  ASSERT_TRUE(bucket_->Delete("room.1"));
  const auto changed = watch->Next(seconds(5));
  ASSERT_TRUE(changed && *changed && (*changed)->entry);
  EXPECT_EQ((*changed)->entry->value, "b");
  const auto gone = watch->Next(seconds(5));
  ASSERT_TRUE(gone && *gone && (*gone)->entry);
  EXPECT_TRUE((*gone)->entry->deleted);
}

TEST_F(KeyValueTest, IsOpenedWhereItIsThereAlready) {
  ASSERT_TRUE(bucket_->Put("a", "1"));
  auto again = KeyValue::Open(*jet_, {.name = "settings"});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ((*again->Get("a"))->value, "1");
}

}  // namespace
}  // namespace euphone::fleet
