#include "lexicon/g2p.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "lexicon/english_fixture.h"
#include "lexicon/fake_grapheme_model.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::FakeGraphemeModel;
using fixture::Phones;
using testing::HasSubstr;

const std::vector<std::string> kClasses = {"<blank>", "AA0", "AA1", "B", "L"};

/// One row a step: probabilities of blank, AA0, AA1, B, L.
Result<G2p> G2pThatHears(std::initializer_list<std::array<float, 5>> steps,
                         const std::vector<std::string>& classes = kClasses) {
  Matrix answer{steps.size(), 5, {}};
  for (const auto& step : steps) {
    for (const float p : step) answer.values.push_back(std::log(p));
  }
  return G2p::Create(std::make_shared<FakeGraphemeModel>(classes, answer), Phones());
}

constexpr std::array<float, 5> kBlank = {0.6f, 0.1f, 0.1f, 0.1f, 0.1f};
constexpr std::array<float, 5> kB = {0.1f, 0.1f, 0.1f, 0.6f, 0.1f};
constexpr std::array<float, 5> kL = {0.1f, 0.1f, 0.1f, 0.1f, 0.6f};
constexpr std::array<float, 5> kAa1 = {0.1f, 0.1f, 0.6f, 0.1f, 0.1f};

std::string Heard(const Result<G2p>& g2p) {
  const auto pronunciation = g2p->Pronounce("blorp");
  return pronunciation ? Arpabet(pronunciation->phones) : pronunciation.error().message;
}

TEST(G2p, MergesRepeatsAndDropsBlanks) {
  const auto g2p = G2pThatHears({kBlank, kB, kB, kBlank, kAa1, kAa1, kL, kBlank});
  ASSERT_TRUE(g2p) << g2p.error().message;
  EXPECT_EQ(Heard(g2p), "B AA1 L");
  EXPECT_EQ(g2p->Pronounce("o'b")->origin, Origin::kG2p);
}

TEST(G2p, KeepsARepeatAcrossABlank) {
  EXPECT_EQ(Heard(G2pThatHears({kL, kBlank, kL, kAa1})), "L L AA1");
}

TEST(G2p, TakesTheLowestClassOnATie) {
  EXPECT_EQ(Heard(G2pThatHears({{0.1f, 0.3f, 0.3f, 0.2f, 0.1f}})), "AA0");
}

TEST(G2p, AddsTheCheapestVowelWhenThereIsNone) {
  EXPECT_EQ(Heard(G2pThatHears({kB, {0.5f, 0.1f, 0.3f, 0.05f, 0.05f}, kL})), "B AA1 L");
  // On a tie the earliest step, then the lowest class.
  EXPECT_EQ(Heard(G2pThatHears({kB, kBlank, kL})), "AA0 L");
}

TEST(G2p, SaysWhichLetterItDoesNotKnow) {
  const auto g2p = G2pThatHears({kAa1});
  const auto pronunciation = g2p->Pronounce("blurp");
  ASSERT_FALSE(pronunciation);
  EXPECT_EQ(pronunciation.error().code, Errc::kUnsupported);
  EXPECT_THAT(pronunciation.error().message, HasSubstr("'u'"));
  EXPECT_FALSE(g2p->Pronounce("bl\xC3"));
  EXPECT_FALSE(g2p->Pronounce("<pad>"));
}

TEST(G2p, RefusesEmptyAndEndlessWords) {
  const auto g2p = G2pThatHears({kAa1});
  EXPECT_EQ(g2p->Pronounce("").error().code, Errc::kNotFound);
  EXPECT_TRUE(g2p->Pronounce(std::string(G2p::kMaxLetters, 'b')));
  EXPECT_EQ(g2p->Pronounce(std::string(G2p::kMaxLetters + 1, 'b')).error().code, Errc::kTooLarge);
}

TEST(G2p, RefusesAModelThatDoesNotFitThePhones) {
  const auto wrong = G2pThatHears({kAa1}, {"<blank>", "AA0", "AA1", "B", "QQ"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, Errc::kCorrupt);
  EXPECT_THAT(wrong.error().message, HasSubstr("grapheme model fake: 'QQ'"));
  EXPECT_FALSE(G2pThatHears({kAa1}, {"<blank>", "B"}));
  EXPECT_FALSE(G2pThatHears({kAa1}, {"<blank>"}));
}

TEST(G2p, NoticesAnOutputOfAnotherWidth) {
  const auto g2p = G2pThatHears({kAa1}, {"<blank>", "AA0", "B"});
  ASSERT_TRUE(g2p) << g2p.error().message;
  EXPECT_EQ(g2p->Pronounce("blorp").error().code, Errc::kCorrupt);
}

TEST(G2p, SurvivesOutputsThatAreNotNumbers) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(Heard(G2pThatHears({{kNan, kNan, kNan, kNan, kNan}, {0, 0, 0, 0, 0}})).empty());
}

TEST(G2p, SaysThatNothingWasHeardInNoSteps) {
  EXPECT_EQ(G2pThatHears({})->Pronounce("blorp").error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
