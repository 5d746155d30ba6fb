#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "fleet/class_link.h"
#include "fleet/fleet_fixture.h"
#include "fleet/sync_hub.h"
#include "store/assignments.h"
#include "store/care.h"
#include "store/comments.h"
#include "store/kept_class.h"
#include "store/own_lessons.h"
#include "store/takes.h"

namespace euphone::fleet {
namespace {

constexpr const char* kTeacher = "11111111-1111-4111-8111-111111111111";
constexpr const char* kAna = "22222222-2222-4222-8222-222222222222";
constexpr const char* kTake = "33333333-3333-4333-8333-333333333333";
constexpr const char* kPack =
    "# title: School\nid\ttext\tnote\none\tHello.\t\ntwo\tGood bye.\tSoft.\n";

/// A device with a learner and a take of theirs.
struct Device {
  std::string name;
  Store store;
  ClassLink link;
  LearnerId ana;

  Device(const std::filesystem::path& folder, const std::string& called)
      : name(called),
        store(Store::Create(folder / called, KeyKind::kNone, {}).value()),
        link(store),
        ana(AddLearner(store, "Ana", "ko", 1, kAna).value().id) {
    NewTake take;
    take.learner = ana;
    take.uuid = kTake;
    take.text = "Hello.";
    EXPECT_TRUE(AddTake(store, take, {}, SampleRate{16000}));
  }
};

class ClassSyncTest : public testing::Test {
 protected:
  ClassSyncTest() {
    OpenHub();
    EXPECT_TRUE(hub_->Put({"desk", "3b", ClassRole::kTeacher, kTeacher}));
    EXPECT_TRUE(hub_->Put({"tablet", "3b", ClassRole::kStudent, kAna}));
    EXPECT_TRUE(JoinClass(desk_.store, "desk", kTeacher));
    EXPECT_TRUE(JoinClass(tablet_.store, "tablet", kAna));
  }

  void OpenHub() {
    hub_.reset();
    auto sql = OpenSqlite((folder_.path() / "hub.db").string(), false);
    ASSERT_TRUE(sql);
    auto hub = SyncHub::Open(*std::move(sql), [this] { return now_; });
    ASSERT_TRUE(hub) << hub.error().message;
    hub_ = std::make_unique<SyncHub>(*std::move(hub));
  }

  /// Until both have said what there is to say.
  void Meet(Device& device) {
    for (int turn = 0; turn < 20; ++turn) {
      const auto asked = device.link.Ask();
      ASSERT_TRUE(asked) << asked.error().message;
      auto answer = hub_->Answer(device.name, **asked);
      if (!answer) answer = hub_->Answer(device.name, **asked);
      ASSERT_TRUE(answer) << answer.error().message;
      const auto more = device.link.Take(*answer);
      ASSERT_TRUE(more) << more.error().message;
      if (!*more) return;
    }
  }
  void MeetAll() {
    for (int round = 0; round < 2; ++round) {
      Meet(desk_);
      Meet(tablet_);
    }
  }

  TestFolder folder_;
  std::int64_t now_ = 1'790'000'000'000;
  std::unique_ptr<SyncHub> hub_;
  Device desk_{folder_.path(), "desk"}, tablet_{folder_.path(), "tablet"};
};

TEST_F(ClassSyncTest, ALessonAnAssignmentAndACommentOfATeacherReachTheLearner) {
  ASSERT_TRUE(KeepLesson(desk_.store, {"school", 5, kPack}));
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana,
                                            .lesson = "school",
                                            .made_ms = 7,
                                            .due_day = 20000,
                                            .note = "Slowly."},
                                           {.learner = desk_.ana, .lesson = "everyday"}}));
  const TakeId take = GetTake(desk_.store, kTake)->id;
  ASSERT_TRUE(AddComment(desk_.store, {.take = take, .author = "Ms Baker", .text = "Well done."}));
  MeetAll();
  const auto lessons = OwnLessons(tablet_.store).value();
  ASSERT_EQ(lessons.size(), 1u);
  EXPECT_EQ(lessons[0].name, "school");
  EXPECT_EQ(lessons[0].pack, OwnLessons(desk_.store).value()[0].pack);
  EXPECT_NE(lessons[0].pack.find("two\tGood bye.\tSoft."), std::string::npos);
  const auto set = AssignmentsOf(tablet_.store).value();
  ASSERT_EQ(set.size(), 2u);
  EXPECT_EQ(set[1].lesson, "school");
  EXPECT_EQ(set[1].due_day, 20000);
  EXPECT_EQ(set[0].lesson, "everyday");
  const auto said = CommentsOf(tablet_.store, GetTake(tablet_.store, kTake)->id).value();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].author, "Ms Baker");
  EXPECT_FALSE(said[0].seen);

  ASSERT_TRUE(MarkSeen(tablet_.store, said[0].id, true));
  MeetAll();
  EXPECT_TRUE(CommentsOf(desk_.store, take).value().at(0).seen);

  ASSERT_TRUE(DeleteComment(desk_.store, CommentsOf(desk_.store, take).value().at(0).id));
  ASSERT_TRUE(ForgetLesson(desk_.store, "school"));
  MeetAll();
  EXPECT_EQ(CommentsOf(tablet_.store, GetTake(tablet_.store, kTake)->id).value().size(), 0u);
  EXPECT_EQ(OwnLessons(tablet_.store).value().size(), 0u);
  EXPECT_EQ(AssignmentsOf(tablet_.store).value().size(), 1u);
}

TEST_F(ClassSyncTest, WhatALearnerMayNotChangeComesBackAndWhatIsTheirsStaysTheirs) {
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "everyday"}}));
  MeetAll();
  ASSERT_TRUE(KeepLesson(tablet_.store, {"mine", 5, kPack}));
  ASSERT_TRUE(DeleteAssignment(tablet_.store, AssignmentsOf(tablet_.store).value().at(0).id));
  MeetAll();
  EXPECT_EQ(AssignmentsOf(tablet_.store).value().size(), 1u);
  EXPECT_EQ(OwnLessons(tablet_.store).value().size(), 1u);
  EXPECT_EQ(OwnLessons(desk_.store).value().size(), 0u);
}

TEST_F(ClassSyncTest, SentencesThatTwoCorrectApartAreBothCorrected) {
  ASSERT_TRUE(KeepLesson(desk_.store, {"school", 5, kPack}));
  ASSERT_TRUE(hub_->Put({"tablet", "3b", ClassRole::kTeacher, kAna}));
  MeetAll();
  const auto change = [](Device& device, const char* from, const char* to) {
    std::string pack = OwnLessons(device.store).value().at(0).pack;
    pack.replace(pack.find(from), std::string(from).size(), to);
    ASSERT_TRUE(
        device.store.database().Run("UPDATE own_lessons SET pack = ?1", {std::string_view(pack)}));
  };
  change(desk_, "Hello.", "Hello there.");
  change(tablet_, "Good bye.", "See you.");
  MeetAll();
  for (Device* device : {&desk_, &tablet_}) {
    const std::string pack = OwnLessons(device->store).value().at(0).pack;
    EXPECT_NE(pack.find("Hello there."), std::string::npos) << device->name;
    EXPECT_NE(pack.find("See you."), std::string::npos) << device->name;
  }
}

TEST_F(ClassSyncTest, AHubThatWasRestoredGetsBackWhatItHasJudged) {
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "one"}}));
  MeetAll();
  hub_.reset();
  std::filesystem::copy_file(folder_.path() / "hub.db", folder_.path() / "backup.db");
  OpenHub();
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "two"}}));
  MeetAll();
  hub_.reset();
  for (const char* rest : {"hub.db-wal", "hub.db-shm"})
    std::filesystem::remove(folder_.path() / rest);
  std::filesystem::copy_file(folder_.path() / "backup.db", folder_.path() / "hub.db",
                             std::filesystem::copy_options::overwrite_existing);
  OpenHub();
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "three"}}));
  for (int round = 0; round < 3; ++round) MeetAll();
  EXPECT_EQ(AssignmentsOf(tablet_.store).value().size(), 3u);
  EXPECT_EQ(AssignmentsOf(desk_.store).value().size(), 3u);
  // And the hub again, from its database alone.
  OpenHub();
  ASSERT_TRUE(hub_->Put({"new", "3b", ClassRole::kStudent, kAna}));
  Device fresh(folder_.path(), "new");
  ASSERT_TRUE(JoinClass(fresh.store, "new", kAna));
  Meet(fresh);
  EXPECT_EQ(AssignmentsOf(fresh.store).value().size(), 3u);
}

TEST_F(ClassSyncTest, AHubFoldsWhatItHasJudgedAndWhoComesLaterGetsTheWhole) {
  std::vector<NewAssignment> many;
  for (int i = 0; i < 2100; ++i)
    many.push_back({.learner = desk_.ana, .lesson = "everyday", .made_ms = i});
  ASSERT_TRUE(AddAssignments(desk_.store, many));
  MeetAll();
  EXPECT_EQ(AssignmentsOf(tablet_.store).value().size(), 2100u);
  auto sql = OpenSqlite((folder_.path() / "hub.db").string(), true).value();
  const auto left = sql->Run("SELECT count(*) FROM class_entries", {}, 1);
  EXPECT_LT(std::stoi(*left.value().rows[0][0]), 2000);
  OpenHub();
  ASSERT_TRUE(hub_->Put({"new", "3b", ClassRole::kStudent, kAna}));
  Device fresh(folder_.path(), "new");
  ASSERT_TRUE(JoinClass(fresh.store, "new", kAna));
  Meet(fresh);
  EXPECT_EQ(AssignmentsOf(fresh.store).value().size(), 2100u);
  // The new life judges on.
  ASSERT_TRUE(DeleteAssignment(desk_.store, AssignmentsOf(desk_.store).value().at(0).id));
  MeetAll();
  Meet(fresh);
  EXPECT_EQ(AssignmentsOf(fresh.store).value().size(), 2099u);
}

TEST_F(ClassSyncTest, ADeviceThatWasRestoredFollowsTheClassAgain) {
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "one"}}));
  MeetAll();
  ASSERT_TRUE(BackUp(desk_.store, folder_.path() / "backup"));
  ASSERT_TRUE(AddAssignments(desk_.store, {{.learner = desk_.ana, .lesson = "two"}}));
  MeetAll();
  ASSERT_TRUE(Restore(folder_.path() / "backup", folder_.path() / "again", {}));
  Store restored = Store::Open(folder_.path() / "again", {}).value();
  EXPECT_EQ(AssignmentsOf(restored).value().size(), 1u);
  std::swap(desk_.store, restored);
  for (int round = 0; round < 2; ++round) MeetAll();
  EXPECT_EQ(AssignmentsOf(desk_.store).value().size(), 2u);
}

TEST_F(ClassSyncTest, AStudentsDeviceSpeaksForNobodyElse) {
  const auto asked = desk_.link.Ask();
  EXPECT_EQ(hub_->Answer("tablet", **asked).error().code, Errc::kInvalidArgument);
  ASSERT_TRUE(hub_->Remove("desk"));
  EXPECT_EQ(hub_->Answer("desk", **asked).error().code, Errc::kNotFound);
  EXPECT_EQ(hub_->Remove("desk").error().code, Errc::kNotFound);
  EXPECT_EQ(hub_->Members().value().size(), 1u);
  EXPECT_FALSE(hub_->Put({"a b", "3b", ClassRole::kTeacher, kTeacher}));
  EXPECT_FALSE(hub_->Put({"desk", "", ClassRole::kTeacher, kTeacher}));
  EXPECT_FALSE(hub_->Put({"desk", "3b", ClassRole::kTeacher, "me"}));
  EXPECT_FALSE(hub_->Answer("tablet", "nonsense"));
}

TEST_F(ClassSyncTest, ALongMessageTravelsCompressed) {
  const std::string text = "{" + std::string(100000, 'x');
  EXPECT_LT(Packed(text).size(), 1000u);
  EXPECT_EQ(Unpacked(Packed(text)).value(), text);
  EXPECT_EQ(Unpacked("{}").value(), "{}");
  EXPECT_FALSE(Unpacked("\x28\xb5\x2f\xfd nothing"));
}

}  // namespace
}  // namespace euphone::fleet
