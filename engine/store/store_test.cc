#include "store/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "store/care.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class StoreOpenTest : public fixture::StoreTest {};

class PlainStoreTest : public fixture::StoreTest {
 protected:
  PlainStoreTest() : fixture::StoreTest(KeyKind::kNone) {}
};

class PassphraseStoreTest : public fixture::StoreTest {
 protected:
  PassphraseStoreTest() : fixture::StoreTest(KeyKind::kPassphrase) {}
};

TEST_F(StoreOpenTest, NothingThatWasSaidCanBeReadInTheFiles) {
  Add(Learner("Anastasia"), 1, "Xylophone practice.");
  EXPECT_FALSE(FilesHold("Anastasia"));
  EXPECT_FALSE(FilesHold("Xylophone"));
  EXPECT_FALSE(FilesHold("SQLite format"));
  EXPECT_FALSE(FilesHold("fLaC"));
}

TEST_F(PlainStoreTest, OnlyAStoreThatIsToBeReadableIs) {
  Add(Learner("Anastasia"), 1, "Xylophone practice.");
  EXPECT_TRUE(FilesHold("Anastasia"));
  EXPECT_TRUE(FilesHold("fLaC"));
}

TEST_F(PlainStoreTest, NothingOfAnErasedLearnerIsInTheFiles) {
  const LearnerId gone = Learner("Anastasia"), kept = Learner("Boris");
  for (int i = 0; i < 30; ++i) {
    const TakeId id = Add(gone, i, "Xylophone number " + std::to_string(i) + ".", 300.0 + i);
    ASSERT_TRUE(NoteTake(store_, id, "Quetzalcoatl"));
  }
  Add(kept, 1, "Marmalade.");
  const std::string document = JudgementsOf(store_, {1}).value()[0].document;
  ASSERT_TRUE(FilesHold("Xylophone") || FilesHold("xylophone"));
  ASSERT_TRUE(EraseLearner(store_, gone));
  for (const char* trace : {"Anastasia", "Xylophone", "xylophon", "Quetzalcoatl", "quetzalco"})
    EXPECT_FALSE(FilesHold(trace)) << trace;
  EXPECT_TRUE(FilesHold("Marmalade"));
  EXPECT_EQ(AudioFiles().size(), 1u);
  EXPECT_EQ(FindTakes(store_, {}).value().size(), 1u);
  EXPECT_EQ(EraseLearner(store_, gone).error().code, Errc::kNotFound);
}

TEST_F(StoreOpenTest, OnlyItsOwnerMayLookIntoItsFolderAndItsKeyFile) {
  struct stat info {};
  ASSERT_EQ(::stat((root_ / "store").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  ASSERT_EQ(::stat((root_ / "key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(StoreOpenTest, AnotherKeyFileOpensNothingAndSaysSo) {
  std::ofstream(root_ / "other") << std::string(64, 'a');
  const auto store = Store::Open(root_ / "store", {.passphrase = {}, .key_file = root_ / "other"});
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().message, HasSubstr("not the key"));
  const auto lost = Store::Open(root_ / "store", {.passphrase = {}, .key_file = root_ / "lost"});
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message, HasSubstr("lost"));
  std::ofstream(root_ / "short") << "abc";
  EXPECT_FALSE(Store::Open(root_ / "store", {.passphrase = {}, .key_file = root_ / "short"}));
}

TEST_F(PassphraseStoreTest, OnlyThePassphraseOpensIt) {
  Learner("Ana");
  EXPECT_TRUE(FindLearner(store_, "Ana"));
  const auto wrong =
      Store::Open(root_ / "store",
                  {.passphrase = [] { return Result<std::string>(std::string("open barley")); },
                   .key_file = {}});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("not the passphrase"));
  Store again = Open();
  EXPECT_TRUE(FindLearner(again, "Ana"));
}

TEST_F(PassphraseStoreTest, TheLockCanBeChangedWithoutTouchingWhatIsKept) {
  const TakeId id = Add(Learner("Ana"), 1, "One.");
  ASSERT_TRUE(store_.ChangeLock(KeyKind::kKeyFile, givers_));
  Store again = Store::Open(root_ / "store", {.passphrase = {}, .key_file = root_ / "key"}).value();
  EXPECT_TRUE(RecordingOf(again, id));
  EXPECT_EQ(store_.ChangeLock(KeyKind::kNone, givers_).error().code, Errc::kInvalidArgument);
}

TEST_F(StoreOpenTest, AStoreIsNotMadeOverAnother) {
  EXPECT_EQ(Store::Create(root_ / "store", KeyKind::kNone, givers_).error().code,
            Errc::kInvalidArgument);
  EXPECT_EQ(Store::Open(root_ / "nowhere", givers_).error().code, Errc::kNotFound);
}

TEST_F(StoreOpenTest, ADamagedHeadIsRefusedInOneLine) {
  const fs::path head = root_ / "store" / "store.json";
  for (const char* content :
       {"", "{", "[]", "{\"schema\":\"euphone.store/9\"}", "{\"schema\":\"euphone.store/1\"}",
        "{\"schema\":\"euphone.store/1\",\"id\":\"x\",\"key\":\"magic\"}",
        "{\"schema\":\"euphone.store/1\",\"id\":\"x\",\"key\":\"key-file\"}",
        "{\"schema\":\"euphone.store/1\",\"id\":\"x\",\"key\":\"none\",\"wrapped_key\":\"zz\"}"}) {
    std::ofstream(head, std::ios::trunc) << content;
    const auto store = Store::Open(root_ / "store", givers_);
    ASSERT_FALSE(store) << content;
    EXPECT_THAT(store.error().message, HasSubstr("store.json")) << content;
  }
}

TEST_F(StoreOpenTest, ADatabaseThatIsNoneIsRefused) {
  const fs::path file = DatabaseFile(root_ / "store");
  store_ = Store::Create(root_ / "other", KeyKind::kNone, givers_).value();
  std::ofstream(file, std::ios::trunc) << std::string(8192, 'x');
  const auto store = Store::Open(root_ / "store", givers_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::kCorrupt);
}

TEST_F(StoreOpenTest, TwoProgramsMayWriteInTurn) {
  const LearnerId learner = Learner("Ana");
  Store other = Open();
  for (int i = 0; i < 5; ++i) {
    const auto take = fixture::TakeOf(learner, i, "Take.", fixture::Document({"take"}, {}, 50));
    EXPECT_TRUE(
        AddTake(i % 2 == 0 ? store_ : other, take, fixture::Tone(200.0 + i), SampleRate{16000}));
  }
  EXPECT_EQ(FindTakes(store_, {}).value().size(), 5u);
  EXPECT_EQ(FindTakes(other, {}).value().size(), 5u);
}

}  // namespace
}  // namespace euphone
