#include "store/care.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "store/store_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CareTest : public fixture::StoreTest {
 protected:
  std::vector<FaultKind> Faults(bool repair = false) {
    std::vector<FaultKind> kinds;
    const auto faults = CheckStore(store_, {.repair = repair}).value();
    for (const Fault& fault : faults) {
      kinds.push_back(fault.kind);
      EXPECT_EQ(fault.repaired, repair) << fault.what;
    }
    return kinds;
  }
};

TEST_F(CareTest, AStoreInUseHasNoFaults) {
  const LearnerId learner = Learner("Ana");
  const TakeId first = Add(learner, 1, "One.", 300), second = Add(learner, 2, "Two.", 400);
  Add(learner, 3, "Three.", 500);
  ASSERT_TRUE(DeleteTake(store_, first));
  ASSERT_TRUE(DeleteRecording(store_, second));
  ASSERT_TRUE(NoteTake(store_, second, "note"));
  ASSERT_TRUE(JudgeAgain(store_, second,
                         JudgementOf(fixture::Document({"two"}, {"T:80", "UW1:70:UH"}, 75)).value(),
                         9));
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CareTest, WhatAKillLeavesIsFoundAndRepaired) {
  const LearnerId learner = Learner("Ana");
  Add(learner, 1, "One.", 300);
  const fs::path file = AudioFiles()[0];
  // A file whose row never came, and one that was never finished.
  fs::create_directories(AudioFolder(root_ / "store") / "ab");
  std::ofstream(AudioFolder(root_ / "store") / "ab" /
                (std::string("ab") + std::string(62, '0') + ".flac.sealed"))
      << "x";
  std::ofstream(file.string() + ".Xy12zQ") << "half";
  EXPECT_THAT(Faults(), ElementsAre(FaultKind::kLeftOver, FaultKind::kLeftOver));
  EXPECT_EQ(Faults(true).size(), 2u);
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_THAT(AudioFiles(), ElementsAre(file));
}

TEST_F(CareTest, ADamagedRecordingIsSetAsideAndAMissingOneForgottenWhileScoresStay) {
  const LearnerId learner = Learner("Ana");
  const TakeId damaged = Add(learner, 1, "One.", 300);
  const fs::path file = AudioFiles()[0];
  const TakeId missing = Add(learner, 2, "Two.", 400);
  for (const fs::path& each : AudioFiles())
    if (each != file) fs::remove(each);
  {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekg(500);
    const int byte = bytes.get();
    bytes.seekp(500);
    bytes.put(static_cast<char>(byte ^ 1));  // Whatever it is: it is encrypted.
  }
  EXPECT_THAT(Faults(), testing::UnorderedElementsAre(FaultKind::kDamagedRecording,
                                                      FaultKind::kMissingRecording));
  Faults(true);
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_TRUE(fs::exists(root_ / "store" / "lost" / file.filename()));
  for (const TakeId id : {damaged, missing}) {
    EXPECT_FALSE(GetTake(store_, id).value().has_recording);
    EXPECT_EQ(GetTake(store_, id).value().total, 60);
  }
}

TEST_F(CareTest, SumsThatAreWrongAreCountedAnew) {
  Add(Learner("Ana"), 1, "One.");
  ASSERT_TRUE(
      store_.database().Execute("UPDATE sound_days SET count = count + 1;"
                                "DELETE FROM word_sums;"
                                "DELETE FROM word_days;"
                                "UPDATE learner_days SET total_sum = total_sum + 5"));
  EXPECT_THAT(Faults(), Each(FaultKind::kWrongSum));
  Faults(true);
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CareTest, ACheckCanBeStopped) {
  Add(Learner("Ana"), 1, "One.");
  const auto stopped =
      CheckStore(store_, {.progress = [](std::int64_t, std::int64_t) { return false; }});
  EXPECT_FALSE(stopped);
}

TEST_F(CareTest, RetentionForgetsTheOldestRecordingsAndNeverAStarredTake) {
  const LearnerId learner = Learner("Ana");
  std::vector<TakeId> takes;
  for (int day = 0; day < 6; ++day)
    takes.push_back(Add(learner, day * kDayMs, "Day.", 300.0 + 10 * day));
  ASSERT_TRUE(StarTake(store_, takes[0], true));
  ASSERT_TRUE(SetRetention(store_, {.recordings = 3, .take_days = 4}));
  EXPECT_EQ(GetRetention(store_).value().take_days, 4);
  const auto forgotten = Retain(store_, 6 * kDayMs);
  ASSERT_TRUE(forgotten) << forgotten.error().message;
  EXPECT_EQ(forgotten->takes, 1);       // Day 1; day 0 is starred, day 2 is four days old.
  EXPECT_EQ(forgotten->recordings, 1);  // Of days 2 to 5 the oldest.
  EXPECT_TRUE(RecordingOf(store_, takes[0]));
  EXPECT_FALSE(RecordingOf(store_, takes[2]));
  EXPECT_TRUE(RecordingOf(store_, takes[3]));
  EXPECT_EQ(AudioFiles().size(), 4u);
  ASSERT_TRUE(SetRetention(store_, {.recording_days = 2}));
  ASSERT_TRUE(Retain(store_, 6 * kDayMs));
  EXPECT_FALSE(RecordingOf(store_, takes[3]));
  EXPECT_TRUE(RecordingOf(store_, takes[4]));
  ASSERT_TRUE(SetRetention(store_, {.disk_percent = 0.0}));
  ASSERT_TRUE(Retain(store_, 6 * kDayMs));
  EXPECT_EQ(AudioFiles().size(), 1u);
  EXPECT_TRUE(RecordingOf(store_, takes[0]));
}

TEST_F(CareTest, ABackupIsAStoreThatTheSameKeyOpens) {
  const LearnerId learner = Learner("Ana");
  const TakeId one = Add(learner, 1, "One.", 300);
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  const TakeId two = Add(learner, 2, "Two.", 400);
  ASSERT_TRUE(DeleteTake(store_, one));
  Store before = Store::Open(root_ / "backup", givers_).value();
  EXPECT_TRUE(RecordingOf(before, one));
  EXPECT_FALSE(GetTake(before, two));
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  Store after = Store::Open(root_ / "backup", givers_).value();
  EXPECT_TRUE(RecordingOf(after, two));
  EXPECT_FALSE(GetTake(after, one));
  EXPECT_THAT(CheckStore(after, {}).value(), IsEmpty());
}

TEST_F(CareTest, ABackupIsNotWrittenOverSomethingElse) {
  fs::create_directories(root_ / "photos");
  std::ofstream(root_ / "photos" / "cat.jpg") << "x";
  EXPECT_EQ(BackUp(store_, root_ / "photos").error().code, Errc::kInvalidArgument);
  auto other = Store::Create(root_ / "other", KeyKind::kNone, givers_).value();
  EXPECT_EQ(BackUp(store_, root_ / "other").error().code, Errc::kInvalidArgument);
}

TEST_F(CareTest, ARestoredStoreIsThatOfTheBackupAndTheOtherIsKeptAside) {
  const LearnerId learner = Learner("Ana");
  const TakeId one = Add(learner, 1, "One.", 300);
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  ASSERT_TRUE(DeleteTake(store_, one));
  const auto in_use = Restore(root_ / "backup", root_ / "store", givers_);
  ASSERT_FALSE(in_use);
  EXPECT_THAT(in_use.error().message, HasSubstr("open"));
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  ASSERT_TRUE(Restore(root_ / "backup", root_ / "store", givers_));
  Store restored = Open();
  EXPECT_TRUE(RecordingOf(restored, one));
  EXPECT_TRUE(fs::exists(root_ / "store.before" / "store.json"));
  EXPECT_FALSE(Restore(root_ / "backup", root_ / "store", givers_));
}

TEST_F(CareTest, ADamagedBackupRestoresNothing) {
  Add(Learner("Ana"), 1, "One.");
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  std::ofstream(DatabaseFile(root_ / "backup"), std::ios::trunc) << std::string(9000, 'x');
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  EXPECT_FALSE(Restore(root_ / "backup", root_ / "store", givers_));
  Store untouched = Open();
  EXPECT_EQ(FindTakes(untouched, {}).value().size(), 1u);
  EXPECT_FALSE(fs::exists(root_ / "store.restored"));
}

TEST_F(CareTest, ARemovedStoreIsGone) {
  EXPECT_FALSE(RemoveStore(root_ / "store"));
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  EXPECT_TRUE(RemoveStore(root_ / "store"));
  EXPECT_FALSE(fs::exists(root_ / "store"));
}

TEST_F(CareTest, VacuumKeepsEverything) {
  const LearnerId learner = Learner("Ana");
  const TakeId id = Add(learner, 1, "One.");
  ASSERT_TRUE(Vacuum(store_));
  EXPECT_TRUE(RecordingOf(store_, id));
  EXPECT_EQ(FindTakes(store_, {.search = "one"}).value().size(), 1u);
  const StoreSize size = MeasureStore(store_).value();
  EXPECT_EQ(size.takes, 1);
  EXPECT_EQ(size.recording_ms, 1000);
  EXPECT_GT(size.database_bytes, 0);
}

}  // namespace
}  // namespace euphone
