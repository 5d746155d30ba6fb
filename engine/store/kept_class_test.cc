#include "store/kept_class.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "store/assignments.h"
#include "store/care.h"
#include "store/comments.h"
#include "store/own_lessons.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

class KeptClassTest : public fixture::StoreTest {
 protected:
  std::vector<std::string> Noted() {
    std::vector<std::string> kinds;
    const auto notes = ClassNotes(store_.database()).value();
    for (const ClassNote& note : notes) kinds.push_back(note.object.kind);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
  }
};

using Kinds = std::vector<std::string>;

TEST_F(KeptClassTest, NothingIsNotedOnADeviceOfNoClass) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(AddComment(store_, {.take = Add(ana, 1, "Hello."), .text = "Good."}));
  ASSERT_TRUE(KeepLesson(store_, {"school", 5, "id\ttext\na\tHello.\n"}));
  EXPECT_EQ(Noted(), Kinds());
  EXPECT_FALSE(GetClassSelf(store_.database()).value());
  EXPECT_EQ(LoadReplica(store_.database()).error().code, Errc::kNotFound);
}

TEST_F(KeptClassTest, WhatIsThereIsNotedWhenTheDeviceJoinsAndEachChangeAfterwards) {
  const LearnerId ana = Learner("Ana");
  const TakeId take = Add(ana, 1, "Hello.");
  const CommentId comment = AddComment(store_, {.take = take, .text = "Good."}).value();
  ASSERT_TRUE(JoinClass(store_, "tablet-3", "u"));
  EXPECT_FALSE(JoinClass(store_, "tablet-3", "u"));
  EXPECT_FALSE(JoinClass(store_, std::string(56, 'a'), "u"));
  EXPECT_EQ(GetClassSelf(store_.database()).value()->device.substr(0, 9), "tablet-3.");
  EXPECT_EQ(Noted(), Kinds{"comment"});
  ASSERT_TRUE(ForgetNotes(store_.database()));
  ASSERT_TRUE(KeepLesson(store_, {"school", 5, "id\ttext\na\tHello.\n"}));
  ASSERT_TRUE(AddAssignments(store_, {{.learner = ana, .lesson = "school"}}));
  ASSERT_TRUE(MarkSeen(store_, comment, true));
  EXPECT_EQ(Noted(), (Kinds{"assignment", "comment", "lesson"}));
  ASSERT_TRUE(ForgetNotes(store_.database()));
  ASSERT_TRUE(ForgetLesson(store_, "school"));
  ASSERT_TRUE(DeleteComment(store_, comment));
  EXPECT_EQ(Noted(), (Kinds{"assignment", "comment", "lesson"}));
}

TEST_F(KeptClassTest, WhatGoesWithItsTakeOrItsLearnerIsNotTakenFromTheClass) {
  const LearnerId ana = Learner("Ana");
  const TakeId take = Add(ana, 1, "Hello.");
  ASSERT_TRUE(AddComment(store_, {.take = take, .text = "Good."}));
  ASSERT_TRUE(AddAssignments(store_, {{.learner = ana, .lesson = "everyday"}}));
  ASSERT_TRUE(JoinClass(store_, "tablet-3", "u"));
  ASSERT_TRUE(ForgetNotes(store_.database()));
  ASSERT_TRUE(DeleteTake(store_, take));
  ASSERT_TRUE(EraseLearner(store_, ana));
  EXPECT_EQ(Noted(), Kinds());
}

TEST_F(KeptClassTest, AReplicaComesBackAsItWas) {
  ASSERT_TRUE(JoinClass(store_, "tablet-3", "u"));
  Replica replica = LoadReplica(store_.database()).value();
  const ObjectId lesson{"lesson", RandomUuid()};
  ASSERT_TRUE(replica.Make({lesson, {{"name", "school"}}}, 1000));
  ASSERT_TRUE(SaveReplica(store_.database(), replica));
  Replica again = LoadReplica(store_.database()).value();
  ASSERT_EQ(again.pending().size(), 1u);
  EXPECT_EQ(again.pending()[0].stamp, replica.pending()[0].stamp);
  EXPECT_EQ(again.Make({lesson, {{"name", "other"}}}, 1000).value().stamp.seq, 2u);
}

TEST_F(KeptClassTest, ARestoredStoreBeginsUnderAnotherName) {
  ASSERT_TRUE(JoinClass(store_, "tablet-3", "u"));
  ASSERT_TRUE(KeepLesson(store_, {"school", 5, "id\ttext\na\tHello.\n"}));
  ASSERT_TRUE(ForgetNotes(store_.database()));
  const std::string before = GetClassSelf(store_.database()).value()->device;
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  ASSERT_TRUE(Restore(root_ / "backup", root_ / "store", givers_));
  store_ = Open();
  const auto self = GetClassSelf(store_.database()).value();
  EXPECT_NE(self->device, before);
  EXPECT_EQ(self->device.substr(0, 9), "tablet-3.");
  EXPECT_EQ(Noted(), Kinds{"lesson"});
}

}  // namespace
}  // namespace euphone
