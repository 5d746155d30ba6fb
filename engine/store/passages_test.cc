#include "store/passages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/own_lessons.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Passage About(const std::string& id, const std::string& title, const std::string& text) {
  return {.id = id, .title = title, .heading = {}, .text = text, .words = {}, .asked = {}};
}

std::vector<std::string> Ids(Database& database, const std::vector<std::int64_t>& found) {
  std::vector<std::string> ids;
  for (const std::int64_t passage : found) ids.push_back(GetPassage(database, passage).value().id);
  return ids;
}

std::vector<std::string> Find(Database& database, const std::vector<std::string>& words,
                              std::optional<LearnerId> learner = std::nullopt) {
  return Ids(database, FindByWords(database, words, learner, 10).value());
}

class PassagesTest : public ::testing::Test {
 protected:
  Database database_ = PassagesInMemory().value();

  std::size_t Sync(const std::vector<Passage>& passages) {
    return SyncPassages(database_, "knowledge", passages).value();
  }
};

TEST_F(PassagesTest, AreFoundByFormsOfTheirWordsTitlesFirst) {
  Sync({About("a", "Lips", "Round your tongue."), About("b", "Tongues", "Move your lips."),
        About("c", "Else", "Nothing of that.")});
  EXPECT_THAT(Find(database_, {"lip"}), ElementsAre("a", "b"));
  EXPECT_THAT(Find(database_, {"tongue", "rounding"}), ElementsAre("a", "b"));
  EXPECT_THAT(Find(database_, {"teeth"}), IsEmpty());
  EXPECT_THAT(Find(database_, {}), IsEmpty());
}

TEST_F(PassagesTest, TakeSignsOfTheQueryLanguageForNone) {
  Sync({About("a", "Lips", "Round them.")});
  EXPECT_THAT(Find(database_, {"\"", "OR", "NEAR(", "*", "lips\""}), ElementsAre("a"));
}

TEST_F(PassagesTest, AreWrittenOnlyWhereTheyChanged) {
  const Passage a = About("a", "Lips", "One."), b = About("b", "Teeth", "Two.");
  EXPECT_EQ(Sync({a, b}), 2u);
  EXPECT_EQ(Sync({a, b}), 0u);
  Passage changed = b;
  changed.text = "Tongue.";
  EXPECT_EQ(Sync({a, changed}), 1u);
  EXPECT_THAT(Find(database_, {"two"}), IsEmpty());
  EXPECT_THAT(Find(database_, {"tongue"}), ElementsAre("b"));
  EXPECT_EQ(Sync({changed}), 1u);
  EXPECT_THAT(Find(database_, {"lips"}), IsEmpty());
}

TEST_F(PassagesTest, OfOneSourceLeaveThoseOfAnotherAlone) {
  Sync({About("a", "Lips", "One.")});
  ASSERT_TRUE(SyncPassages(database_, "lessons", {}));
  EXPECT_THAT(Find(database_, {"lips"}), ElementsAre("a"));
}

TEST_F(PassagesTest, GetVectorsOnceForEachEncoderAndText) {
  const Passage a = About("a", "Lips", "One."), b = About("b", "Teeth", "Two.");
  Sync({a, b});
  std::vector<std::string> asked;
  const Vectorise note = [&](const Passage& passage) -> Result<std::string> {
    asked.push_back(passage.id);
    return "vector of " + passage.text;
  };
  EXPECT_EQ(FillVectors(database_, "toy 1", note).value(), 2u);
  EXPECT_EQ(FillVectors(database_, "toy 1", note).value(), 0u);
  Passage changed = b;
  changed.text = "Three.";
  Sync({a, changed});
  EXPECT_EQ(FillVectors(database_, "toy 1", note).value(), 1u);
  EXPECT_THAT(asked, ElementsAre("a", "b", "b"));
  const auto all = AllVectors(database_, "toy 1", std::nullopt).value();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[1].packed, "vector of Three.");
  EXPECT_EQ(AllVectors(database_, "toy 2", std::nullopt).value()[0].packed, "");
}

TEST_F(PassagesTest, KeepNothingHalfWhereVectorsCannotBeMade) {
  Sync({About("a", "Lips", "One.")});
  const auto failed = FillVectors(database_, "toy 1", [](const Passage&) -> Result<std::string> {
    return Error{Errc::kInternal, "no"};
  });
  EXPECT_EQ(failed.error().message, "no");
  EXPECT_EQ(AllVectors(database_, "toy 1", std::nullopt).value()[0].packed, "");
}

class OwnPassagesTest : public fixture::StoreTest {
 protected:
  OwnPassagesTest() : StoreTest(KeyKind::kKeyFile) {}
  Database& database() { return store_.database(); }
};

TEST_F(OwnPassagesTest, ANoteIsFoundByItsLearnerAlone) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  ASSERT_TRUE(NoteTake(store_, Add(ana, 1000, "Hello there."), "Mind the lips."));
  EXPECT_EQ(SyncNotes(store_).value(), 1u);
  EXPECT_EQ(SyncNotes(store_).value(), 0u);
  EXPECT_THAT(FindByWords(database(), {"lips"}, ana, 10).value(), SizeIs(1));
  EXPECT_THAT(FindByWords(database(), {"lips"}, bo, 10).value(), IsEmpty());
  EXPECT_THAT(FindByWords(database(), {"lips"}, std::nullopt, 10).value(), IsEmpty());
  EXPECT_THAT(AllVectors(database(), "", bo).value(), IsEmpty());
}

TEST_F(OwnPassagesTest, ANoteThatChangesOrGoesIsFoundNoMore) {
  const LearnerId ana = Learner("Ana");
  const TakeId take = Add(ana, 1000, "Hello there.");
  ASSERT_TRUE(NoteTake(store_, take, "Mind the lips."));
  ASSERT_TRUE(SyncNotes(store_));
  ASSERT_TRUE(NoteTake(store_, take, "Mind the teeth."));
  EXPECT_THAT(FindByWords(database(), {"lips"}, ana, 10).value(), IsEmpty());
  ASSERT_TRUE(SyncNotes(store_));
  EXPECT_THAT(FindByWords(database(), {"teeth"}, ana, 10).value(), SizeIs(1));
  ASSERT_TRUE(DeleteTake(store_, take));
  EXPECT_THAT(FindByWords(database(), {"teeth"}, ana, 10).value(), IsEmpty());
}

TEST_F(OwnPassagesTest, AllThatALearnerWroteGoesWithTheLearner) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(NoteTake(store_, Add(ana, 1000, "Hello there."), "Mind the lips."));
  ASSERT_TRUE(SyncNotes(store_));
  ASSERT_TRUE(EraseLearner(store_, ana));
  EXPECT_EQ(database().Number("SELECT count(*) FROM passages").value(), 0);
}

}  // namespace
}  // namespace euphone
