#include "retrieve/relevance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "retrieve/retrieve_fixture.h"

namespace euphone {
namespace {

/// What a question points to, and how much that counts by itself.
std::map<std::string, double> Pointed(const std::string& question) {
  const Lexicon& lexicon = fixture::ShippedLexicon();
  const Knowledge& knowledge = fixture::ShippedKnowledge();
  std::map<std::string, Relevance> relevance;
  for (const Pointer& pointer : PointersOf(ReadQuestion(question, lexicon, knowledge), knowledge,
                                           lexicon.pack().phones, question))
    Count(pointer, relevance[pointer.passage]);
  std::map<std::string, double> weights;
  for (const auto& [passage, of] : relevance) weights[passage] = Weigh(of);
  return weights;
}

TEST(PointersOf, PointToTheTipsForTheSoundThatWasWanted) {
  auto one = Pointed("I say 'sink' for 'think'"), other = Pointed("I say 'think' for 'sink'");
  EXPECT_GT(one["contrast/s-th#when-th-is-said-as-s"], one["contrast/s-th#about"]);
  EXPECT_GT(one["contrast/s-th#about"], 0.0);
  EXPECT_FALSE(one.contains("contrast/s-th#when-s-is-said-as-th"));
  EXPECT_GT(other["contrast/s-th#when-s-is-said-as-th"], 0.0);
  EXPECT_FALSE(other.contains("contrast/s-th#when-th-is-said-as-s"));
}

TEST(PointersOf, PreferTheExplanationWhereADifferenceIsAsked) {
  auto pointed = Pointed("'sink', 'think': really the same?");
  EXPECT_GT(pointed["contrast/s-th#about"], pointed["contrast/s-th#when-th-is-said-as-s"]);
  EXPECT_GT(pointed["contrast/s-th#when-th-is-said-as-s"], 0.0);
}

TEST(PointersOf, PointToASoundThatIsLeftOut) {
  EXPECT_GT(Pointed("I say 'yeast', they hear 'east'")["sound/y#when-it-is-left-out"], 0.0);
}

TEST(PointersOf, PointToAllOfASoundOrALanguageThatIsNamed) {
  auto pointed = Pointed("the zh sound for Germans");
  EXPECT_GT(pointed["sound/zh#how-it-is-made"], 0.0);
  EXPECT_GT(pointed["language/de#sounds"], 0.0);
}

TEST(PointersOf, PointNowhereWithoutASoundOrALanguage) {
  EXPECT_TRUE(Pointed("how do I get better?").empty());
}

TEST(Weigh, CountsMoreWhereMoreSpeaksForAPassage) {
  EXPECT_EQ(Weigh({}), 0.0);
  for (auto field : {&Relevance::text, &Relevance::asked, &Relevance::article, &Relevance::words,
                     &Relevance::tips, &Relevance::explains, &Relevance::either, &Relevance::sound,
                     &Relevance::language}) {
    Relevance relevance;
    relevance.*field = 0.5;
    EXPECT_GT(Weigh(relevance), 0.0);
  }
}

}  // namespace
}  // namespace euphone
