#include "sync/replica.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "sync/hub.h"
#include "sync/sync_json.h"

namespace euphone {
namespace {

constexpr std::int64_t kToday = 1'790'000'000'000;
constexpr std::int64_t kTwentyYearsMs = 20 * 365LL * 86'400'000;
const std::string kId = "00000000-0000-4000-8000-000000000001";
const std::string kAnn = "00000000-0000-4000-8000-00000000000a";
const Author kTeacher{ClassRole::kTeacher, "00000000-0000-4000-8000-00000000000f"};
const Author kStudent{ClassRole::kStudent, kAnn};
const ObjectId kLesson{"lesson", kId};
const ObjectId kAssignment{"assignment", kId};
const ObjectId kComment{"comment", kId};

/// Device and hub, until both have what the other has.
void Exchange(Replica& device, Hub& hub, const Author& author, std::int64_t now_ms = kToday) {
  for (int round = 0; round < 3; ++round) {
    const auto answer = hub.Receive(Greeting(device, hub.replica().vector()), author, now_ms);
    ASSERT_TRUE(answer) << answer.error().message;
    device.Apply(answer->delta);
  }
}

Change Named(const std::string& name) { return {kLesson, {{"name", name}}}; }

TEST(Stamps, AreLaterThanAllThatWasSeenWhateverTheClockSays) {
  const Stamp seen{kToday, 7, "z", 9};
  for (const std::int64_t clock : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                   kToday, std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_LT(seen, NextStamp(seen, clock, "a", 1));
  }
  const Stamp full{kToday, std::numeric_limits<std::uint32_t>::max(), "z", 9};
  EXPECT_EQ(NextStamp(full, 0, "a", 1), (Stamp{kToday + 1, 0, "a", 1}));
}

TEST(Replica, AWriteOfADeviceWhoseClockIsYearsAheadCountsAsWhenTheHubSawIt) {
  Hub hub("h");
  Replica ahead("a"), right("b");
  ASSERT_TRUE(ahead.Make(Named("of the future"), kToday + kTwentyYearsMs));
  Exchange(ahead, hub, kTeacher);
  EXPECT_EQ(hub.replica().state().latest().ms, kToday);
  ASSERT_TRUE(right.Make(Named("later"), kToday + 1));
  Exchange(right, hub, kTeacher, kToday + 1);
  Exchange(ahead, hub, kTeacher, kToday + 1);
  EXPECT_EQ(*ahead.state().Value(kLesson, "name"), "later");
  const auto back = ahead.Make(Named("again"), kToday + 2);
  EXPECT_EQ(back->stamp.ms, kToday + 2) << "it keeps no time of the future";
}

TEST(Replica, AWriteMadeInKnowledgeOfAnotherWinsThoughItsClockIsYearsBehind) {
  Hub hub("h");
  Replica right("a"), behind("b");
  ASSERT_TRUE(right.Make(Named("first"), kToday));
  Exchange(right, hub, kTeacher);
  Exchange(behind, hub, kTeacher);
  ASSERT_TRUE(behind.Make(Named("second"), 0));
  Exchange(behind, hub, kTeacher);
  EXPECT_EQ(*hub.replica().state().Value(kLesson, "name"), "second");
}

TEST(Replica, EntriesInAnyOrderAndTwiceComeToTheSame) {
  Hub hub("h");
  Replica device("a");
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(device.Make(Named(std::to_string(i)), kToday));
  Exchange(device, hub, kTeacher);
  std::vector<Entry> entries = hub.replica().Missing({}).entries;
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  do {
    Replica other("b");
    for (const Entry& entry : entries) {
      other.Apply({.entries = {entry}});
      other.Apply({.entries = {entry, entries[0]}});
    }
    ASSERT_EQ(CanonicalBytes(other.state()), CanonicalBytes(hub.replica().state()));
    ASSERT_EQ(other.vector(), hub.replica().vector());
  } while (std::next_permutation(entries.begin(), entries.end(),
                                 [](const auto& a, const auto& b) { return a.number < b.number; }));
}

TEST(Replica, WhoLacksWhatIsFoldedGetsASnapshotAndKeepsWhatItWrote) {
  Hub hub("h");
  Replica device("a"), late("b");
  ASSERT_TRUE(device.Make(Named("x"), kToday));
  Exchange(device, hub, kTeacher);
  hub.Fold();
  EXPECT_TRUE(hub.replica().Missing({}).snapshot);
  EXPECT_EQ(hub.replica().Find("h", 1), nullptr);
  EXPECT_FALSE(hub.replica().Missing(device.vector()).snapshot);
  ASSERT_TRUE(late.Make({kLesson, {{"made_ms", 5}}}, kToday));
  Exchange(late, hub, kTeacher);
  EXPECT_EQ(*late.state().Value(kLesson, "name"), "x");
  EXPECT_EQ(*hub.replica().state().Value(kLesson, "made_ms"), 5);
  EXPECT_TRUE(late.pending().empty());
}

TEST(Hub, FoldsNothingThatADeviceItKnowsStillLacks) {
  Hub hub("h");
  Replica device("a"), slow("b");
  Exchange(slow, hub, kTeacher);
  ASSERT_TRUE(device.Make(Named("x"), kToday));
  Exchange(device, hub, kTeacher);
  hub.Fold();
  EXPECT_FALSE(hub.replica().Missing(slow.vector()).snapshot);
  hub.Forget("b");
  hub.Fold();
  EXPECT_TRUE(hub.replica().Missing(slow.vector()).snapshot);
}

TEST(Hub, KeepsTheOrderOfWritesThoughItsOwnClockIsYearsBehind) {
  Hub hub("h");
  Replica one("a"), other("b");
  ASSERT_TRUE(one.Make(Named("earlier"), kToday));
  ASSERT_TRUE(other.Make(Named("later"), kToday + 9));
  Exchange(other, hub, kTeacher, kToday);
  Exchange(one, hub, kTeacher, kToday - kTwentyYearsMs);
  EXPECT_EQ(*hub.replica().state().Value(kLesson, "name"), "later");
}

TEST(Replica, DeletionIsForGoodAndLeavesNothingBehind) {
  Hub hub("h");
  Replica one("a"), other("b");
  ASSERT_TRUE(one.Make(Named("secret"), kToday));
  Exchange(one, hub, kTeacher);
  Exchange(other, hub, kTeacher);
  ASSERT_TRUE(one.Make({kLesson, {}, true}, kToday + 1));
  ASSERT_TRUE(other.Make(Named("later than it"), kToday + 9));
  Exchange(one, hub, kTeacher, kToday + 10);
  Exchange(other, hub, kTeacher, kToday + 10);
  Exchange(one, hub, kTeacher, kToday + 10);
  for (const Replica& replica : {one, other}) {
    EXPECT_TRUE(replica.state().objects().at(kLesson).deleted);
    EXPECT_EQ(CanonicalBytes(replica.state()).find("secret"), std::string::npos);
  }
}

TEST(Hub, RefusesWhatARoleMayNotWriteAndAllAgreeOnIt) {
  Hub hub("h");
  Replica teacher("t"), student("s");
  ASSERT_TRUE(teacher.Make({kAssignment, {{"learner", kAnn}}}, kToday));
  Exchange(teacher, hub, kTeacher);
  ASSERT_TRUE(student.Make(Named("mine"), kToday));
  ASSERT_TRUE(student.Make({kAssignment, {{"handed_in_ms", kToday}}}, kToday));
  ASSERT_TRUE(student.Make({kAssignment, {}, true}, kToday));
  EXPECT_EQ(*student.Shown().Value(kLesson, "name"), "mine") << "until the hub says no";
  Exchange(student, hub, kStudent);
  Exchange(teacher, hub, kTeacher);
  EXPECT_FALSE(student.Shown().Has(kLesson));
  EXPECT_EQ(*student.state().Value(kAssignment, "handed_in_ms"), kToday);
  EXPECT_EQ(student.state().refused(),
            (ClassState::Refused{{"s", 1, "not allowed"}, {"s", 3, "not allowed"}}));
  EXPECT_EQ(CanonicalBytes(teacher.state()), CanonicalBytes(student.state()));
}

TEST(Hub, StudentsWriteOnlyWhatIsTheirOwn) {
  ClassState state;
  const std::string bob = "00000000-0000-4000-8000-00000000000b";
  state.Write({kComment, {{"author", bob}, {"learner", kAnn}}}, {1, 0, "d", 1});
  EXPECT_EQ(Refusal(state, kStudent, {kComment, {{"seen", true}}}), "");
  EXPECT_EQ(Refusal(state, kStudent, {kComment, {{"text", "x"}}}), "not their own");
  EXPECT_EQ(Refusal(state, kStudent, {kComment, {{"author", kAnn}, {"text", "x"}}}),
            "not their own");
  EXPECT_EQ(Refusal(state, kStudent, {kComment, {}, true}), "not their own");
  EXPECT_EQ(Refusal(state, {ClassRole::kStudent, bob}, {kComment, {{"seen", true}}}),
            "not their own");
  EXPECT_EQ(Refusal(state, kStudent, {kAssignment, {{"handed_in_ms", 1}}}), "not their own");
  EXPECT_FALSE(MayWrite(ClassRole::kStudent, "poll", "answer"));
  EXPECT_TRUE(MayWrite(ClassRole::kTeacher, "poll", "answer"));
  EXPECT_FALSE(KnownKind("poll"));
}

TEST(Hub, AfterARestoreDevicesBringBackWhatItHasLost) {
  Hub hub("h1");
  const Hub backup = hub;
  Replica device("a");
  ASSERT_TRUE(device.Make(Named("x"), kToday));
  Exchange(device, hub, kTeacher);
  hub = backup;
  const auto unnoticed = hub.Receive(Greeting(device, {}), kTeacher, kToday);
  ASSERT_FALSE(unnoticed);
  EXPECT_NE(unnoticed.error().message.find("next life"), std::string::npos);
  hub.Restart("h2");
  Exchange(device, hub, kTeacher);
  EXPECT_EQ(CanonicalBytes(hub.replica().state()), CanonicalBytes(device.state()));
}

}  // namespace
}  // namespace euphone
