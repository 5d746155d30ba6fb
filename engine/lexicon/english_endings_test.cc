#include "lexicon/english_endings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lexicon/english_fixture.h"

namespace euphone::english {
namespace {

using fixture::Arpabet;
using fixture::Phones;

std::vector<std::string> Bases(std::string_view key) {
  std::vector<std::string> bases;
  for (const auto& derivation : Derivations(key)) bases.push_back(derivation.base);
  return bases;
}

std::string With(Ending ending, std::string_view symbols) {
  auto phones = Arpabet(symbols);
  return AppendEnding(ending, Phones(), phones) ? Arpabet(phones) : "";
}

TEST(Derivations, AreThePossessivesAndRegularPlurals) {
  using testing::ElementsAre;
  EXPECT_THAT(Bases("dog's"), ElementsAre("dog"));
  EXPECT_THAT(Bases("dogs'"), ElementsAre("dogs"));
  EXPECT_THAT(Bases("dogs"), ElementsAre("dog"));
  EXPECT_THAT(Bases("boxes"), ElementsAre("boxe", "box"));
  EXPECT_THAT(Bases("puppies"), ElementsAre("puppie", "puppi", "puppy"));
}

TEST(Derivations, LeaveShortWordsAndDoubleSAlone) {
  for (const char* word : {"", "s", "'s", "s'", "gas", "glass", "cat", "us"})
    EXPECT_TRUE(Derivations(word).empty()) << word;
}

TEST(AppendEnding, FollowsTheLastSound) {
  EXPECT_EQ(With(Ending::kS, "K AE1 T"), "K AE1 T S");
  EXPECT_EQ(With(Ending::kS, "D AO1 G"), "D AO1 G Z");
  EXPECT_EQ(With(Ending::kS, "B IY1"), "B IY1 Z");
  EXPECT_EQ(With(Ending::kS, "HH AO1 R S"), "HH AO1 R S IH0 Z");
  EXPECT_EQ(With(Ending::kS, "JH AH1 JH"), "JH AH1 JH IH0 Z");
  EXPECT_EQ(With(Ending::kS, "M IH1 TH"), "M IH1 TH S");
  EXPECT_EQ(With(Ending::kEs, "B AA1 K S"), "B AA1 K S IH0 Z");
  EXPECT_EQ(With(Ending::kNone, "D AO1 G Z"), "D AO1 G Z");
}

TEST(AppendEnding, RefusesEsAfterAnotherSound) { EXPECT_EQ(With(Ending::kEs, "K AE1 T"), ""); }

TEST(IsAllConsonants, CountsYAsAVowel) {
  EXPECT_TRUE(IsAllConsonants("xkcd"));
  EXPECT_FALSE(IsAllConsonants("rhythm"));
}

}  // namespace
}  // namespace euphone::english
