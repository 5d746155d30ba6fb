#include "fleet/archive_results.h"

#include "fleet/fleet_fixture.h"

namespace euphone::fleet {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

class ArchiveResultsTest : public testing::Test {
 protected:
  ArchiveResults Open() {
    auto results = ArchiveResults::Open("sqlite:" + (folder_.path() / "r.db").string());
    EXPECT_TRUE(results) << results.error().message;
    return *std::move(results);
  }

  static ArchiveResult Of(int number, ArchiveState state = ArchiveState::kScored) {
    return {.run = "r",
            .recording = "rec-" + std::to_string(number),
            .position = number,
            .audio = "a.wav",
            .state = state,
            .message = state == ArchiveState::kScored ? "" : "why",
            .document = "{}",
            .worker = "w",
            .took_ms = 10.5};
  }

  TestFolder folder_;
};

TEST_F(ArchiveResultsTest, KeepsTheFirstOfARecordingAndCountsWhatIsNew) {
  ArchiveResults results = Open();
  const std::vector<ArchiveResult> two{Of(1), Of(2)};
  EXPECT_EQ(*results.Keep(two), 2);
  ArchiveResult other = Of(2, ArchiveState::kFailed);
  const std::vector<ArchiveResult> again{other, Of(3)};
  EXPECT_EQ(*results.Keep(again), 1);
  ArchiveResults second = Open();
  const auto tally = second.Tally("r");
  ASSERT_TRUE(tally) << tally.error().message;
  EXPECT_EQ(tally->done(), 3);
  EXPECT_EQ(tally->count.at(ArchiveState::kScored), 3);
  EXPECT_DOUBLE_EQ(tally->worked_ms, 31.5);
  const std::vector<std::string> asked{"rec-1", "rec-3", "rec-9"};
  EXPECT_THAT(*second.Done("r", asked), UnorderedElementsAre("rec-1", "rec-3"));
  EXPECT_TRUE(*second.Has("r", "rec-1"));
  EXPECT_FALSE(*second.Has("s", "rec-1"));
}

TEST_F(ArchiveResultsTest, NotesWhatIsSetAsideTogetherWithItsResult) {
  ArchiveResults results = Open();
  const std::vector<ArchiveResult> two{Of(1), Of(2, ArchiveState::kSetAside)};
  EXPECT_EQ(*results.Keep(two), 2);
  EXPECT_EQ(*results.Keep(two), 0);
  const auto dead = results.Dead("r");
  ASSERT_TRUE(dead);
  ASSERT_EQ(dead->size(), 1);
  EXPECT_EQ(dead->front().recording, "rec-2");
  EXPECT_EQ(dead->front().reason, "why");
}

TEST_F(ArchiveResultsTest, GivesAllInOrderHoweverMany) {
  ArchiveResults results = Open();
  for (int i = 450; i > 0; i -= 50) {
    std::vector<ArchiveResult> some;
    for (int j = 0; j < 50; ++j) some.push_back(Of(i - j));
    ASSERT_EQ(*results.Keep(some), 50);
  }
  std::int64_t last = 0;
  ASSERT_TRUE(results.Each("r", [&](const ArchiveResult& result) {
    EXPECT_EQ(result.position, last + 1);
    last = result.position;
    return true;
  }));
  EXPECT_EQ(last, 450);
}

TEST_F(ArchiveResultsTest, KnowsItsRuns) {
  ArchiveResults results = Open();
  EXPECT_FALSE(results.Find("r")->has_value());
  ASSERT_TRUE(results.Begin({.run = "r", .manifest = "m.csv", .model = "ear 1", .total = 3}));
  ASSERT_TRUE(results.Queued("r", 2));
  const auto again = results.Begin({.run = "r", .manifest = "other", .model = "ear 2", .total = 9});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->manifest, "m.csv");
  EXPECT_EQ(again->total, 3);
  EXPECT_EQ(again->queued, 2);
  EXPECT_FALSE(again->ended_ms.has_value());
  ASSERT_TRUE(results.End("r"));
  EXPECT_TRUE((*results.Find("r"))->ended_ms.has_value());
  EXPECT_EQ(results.Runs()->size(), 1);
}

TEST_F(ArchiveResultsTest, SaysWhatItCannotOpen) {
  EXPECT_THAT(ArchiveResults::Open("mysql://u:hidden@h/d").error().message,
              testing::AllOf(HasSubstr("mysql://h/d"), testing::Not(HasSubstr("hidden"))));
  EXPECT_EQ(ArchiveResults::Open("sqlite:/nowhere/r.db", true).error().code, Errc::kNotFound);
  EXPECT_THAT(ArchiveResults::Open("postgresql://127.0.0.1:1/x").error().message,
              HasSubstr("cannot reach PostgreSQL at postgresql://127.0.0.1:1/x"));
}

}  // namespace
}  // namespace euphone::fleet
