#include "retrieve/passage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "retrieve/retrieve_fixture.h"

namespace euphone {
namespace {

TEST(PassagesOf, CutsEveryArticleIntoItsExplanationAndSections) {
  const auto passages = PassagesOf(fixture::ShippedKnowledge());
  std::set<std::string> ids;
  for (const Passage& passage : passages) ids.insert(passage.id);
  EXPECT_EQ(ids.size(), passages.size());
  for (const char* id :
       {"contrast/s-th#about", "contrast/s-th#when-th-is-said-as-s", "sound/th#how-it-is-made",
        "language/ja#rhythm-and-tone", "prosody/weak-forms#tips"})
    EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(PassagesOf, TakesTheNotesOfALesson) {
  LessonPack pack{.name = "own", .title = "My own", .language = "en-US", .items = {}};
  pack.items = {{.id = "one", .text = "Read this.", .note = "Smile."},
                {.id = "two", .text = "No."}};
  const auto passages = PassagesOf(pack);
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_EQ(passages[0].id, "lesson/own#one");
  EXPECT_EQ(passages[0].heading, "Read this.");
  EXPECT_EQ(passages[0].text, "Smile.");
}

TEST(SectionId, MakesOneDashOfAllThatIsNoLetter) {
  EXPECT_EQ(SectionId("a/b", "When TH is said as S"), "a/b#when-th-is-said-as-s");
  EXPECT_EQ(SectionId("a/b", " 2nd -- time! "), "a/b#2nd-time");
}

TEST(TextsToEmbed, AreThePassageAndThenItsQuestions) {
  EXPECT_THAT(
      TextsToEmbed(
          {.id = "x", .title = "T", .heading = "", .text = "b", .words = "w", .asked = {"why?"}}),
      ::testing::ElementsAre("T. b", "why?"));
}

TEST(Fingerprint, DiffersWhereAnythingDoes) {
  const Passage passage{
      .id = "a", .title = "b", .heading = "c", .text = "d", .words = "e", .asked = {"f"}};
  std::set<std::uint64_t> prints = {Fingerprint(passage)};
  for (auto field :
       {&Passage::id, &Passage::title, &Passage::heading, &Passage::text, &Passage::words}) {
    Passage other = passage;
    (other.*field) += "x";
    prints.insert(Fingerprint(other));
  }
  Passage moved = passage;
  moved.title = "bc";
  moved.heading = "";
  prints.insert(Fingerprint(moved));
  Passage asked = passage;
  asked.asked.emplace_back();
  prints.insert(Fingerprint(asked));
  EXPECT_EQ(prints.size(), 8u);
  EXPECT_EQ(Fingerprint(passage), Fingerprint(Passage(passage)));
}

}  // namespace
}  // namespace euphone
