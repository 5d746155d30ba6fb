#include "retrieve/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "retrieve/question_words.h"
#include "retrieve/retrieve_fixture.h"

namespace euphone {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

QuestionReading Read(const std::string& question) {
  return ReadQuestion(question, fixture::ShippedLexicon(), fixture::ShippedKnowledge());
}

/// "S>T": S was wanted, T was heard; "S?T": nobody can tell which. "-": nothing.
std::string FirstPair(const std::string& question) {
  const QuestionReading reading = Read(question);
  if (reading.pairs.empty()) return "none";
  const PhoneSet& phones = fixture::ShippedLexicon().pack().phones;
  const auto name = [&](std::optional<PhoneId> phone) {
    return phone ? phones.info(*phone).arpabet : "-";
  };
  const AskedPair& pair = reading.pairs.front();
  return name(pair.wanted) + (pair.directed ? ">" : "?") + name(pair.heard);
}

std::vector<std::string> Sounds(const std::string& question) {
  std::vector<std::string> names;
  for (const PhoneId phone : Read(question).sounds)
    names.push_back(fixture::ShippedLexicon().pack().phones.info(phone).arpabet);
  return names;
}

TEST(ReadQuestion, FindsTheSoundInWhichTwoWordsDiffer) {
  EXPECT_EQ(FirstPair("why do I say 'sink' for 'think'?"), "TH>S");
  EXPECT_EQ(FirstPair("when i say \"man\" people hear \"men\""), "AE>EH");
  EXPECT_EQ(FirstPair("My ‘very’ sounds like ‘berry’."), "V>B");
  EXPECT_EQ(FirstPair("is 'cot' the same as 'cut'?"), "AA>AH");
  EXPECT_EQ(FirstPair("'ship', 'sheep'?"), "IH?IY");
}

TEST(ReadQuestion, FindsThemWithoutQuotesWhereTheyStandNearEachOther) {
  EXPECT_EQ(FirstPair("my teacher says my ship sounds like sheep"), "IH>IY");
  EXPECT_EQ(FirstPair("I keep saying 'tree' when I mean three"), "TH>T");
}

TEST(ReadQuestion, TakesAWordAndItsPluralForNoConfusion) {
  EXPECT_EQ(FirstPair("which words rhyme with other word pairs"), "none");
}

TEST(ReadQuestion, FindsASoundThatIsLeftOutOrAdded) {
  EXPECT_EQ(FirstPair("I say 'yeast' and people hear 'east'"), "Y>-");
  EXPECT_EQ(FirstPair("I say 'core' but it sounds like 'score'"), "->S");
}

TEST(ReadQuestion, KnowsWhichWordAnImitationStandsFor) {
  EXPECT_EQ(FirstPair("how not to say 'vindow' and 'vinter'"), "W>V");
  EXPECT_EQ(FirstPair("stop saying 'zis' and 'zat' and 'zose'"), "DH>Z");
}

TEST(ReadQuestion, FindsSoundsByLettersAndByTheIpa) {
  EXPECT_THAT(Sounds("how do I make the th sound"), ElementsAre("TH", "DH"));
  EXPECT_THAT(Sounds("tongue position for ŋ"), ElementsAre("NG"));
  EXPECT_THAT(Sounds("difference between l and r"), ElementsAre("L", "R"));
  EXPECT_THAT(Sounds("is ZH rare?"), ElementsAre("ZH"));
  EXPECT_THAT(Sounds("the long a in cake"), ElementsAre("EY"));
  EXPECT_THAT(Sounds("the vowel in 'nurse'"), ElementsAre("ER"));
}

double Held(const std::string& question, const std::string& sound) {
  const PhoneId phone = fixture::ShippedLexicon().pack().phones.Find(sound).value();
  const QuestionReading reading = Read(question);
  for (const HeldSound& held : reading.held)
    if (held.phone == phone) return held.share;
  return 0.0;
}

TEST(ReadQuestion, FindsTheSoundThatQuotedWordsShare) {
  const std::string question = "'chalk', 'bought', 'wall': one vowel?";
  EXPECT_EQ(Held(question, "AO"), 1.0);
  EXPECT_GT(Held(question, "W"), 0.0);
  EXPECT_LT(Held(question, "W"), 1.0);
  EXPECT_EQ(Held(question, "TH"), 0.0);
}

TEST(ReadQuestion, FindsWhatAWordBeginsOrEndsWithWhereThatIsAsked) {
  EXPECT_EQ(Held("my 'yellow' begins with a stop", "Y"), 1.0);
  EXPECT_LT(Held("my 'yellow' begins with a stop", "L"), 1.0);
  EXPECT_EQ(Held("how do I end 'believe'", "V"), 1.0);
}

TEST(ReadQuestion, FindsAVowelThatIsAddedAfterAHyphen) {
  const auto reading = Read("why do I say 'cheese-u'");
  ASSERT_EQ(reading.pairs.size(), 1u);
  EXPECT_FALSE(reading.pairs[0].wanted);
  EXPECT_EQ(reading.pairs[0].after, fixture::ShippedLexicon().pack().phones.Find("Z"));
  EXPECT_EQ(FirstPair("my pre-owned car"), "none");
}

TEST(ReadQuestion, TakesNoOrdinaryWordForASound) {
  EXPECT_THAT(Sounds("I am at a loss, so what do I do?"), IsEmpty());
  EXPECT_THAT(Sounds("IS THIS TOO LOUD"), IsEmpty());
}

TEST(ReadQuestion, FindsLanguagesByTheirNamesAndCountries) {
  EXPECT_THAT(Read("I'm from Brazil, what will be hard?").languages, ElementsAre("language/pt"));
  EXPECT_THAT(Read("japanese students").languages, ElementsAre("language/ja"));
  EXPECT_THAT(Read("polished speech").languages, IsEmpty());
}

TEST(ReadQuestion, ReadsWhatIsNoQuestion) {
  for (const std::string text : {"", "?", "''", "\xFF\xFE", "'a' 'b' 'c'"})
    EXPECT_THAT(Read(text).languages, IsEmpty()) << text;
}

TEST(SearchTerms, AreWordsAndNoOtherSigns) {
  EXPECT_TRUE(SearchTerms("\u2026").empty());
  EXPECT_TRUE(SearchTerms("\u2014 ?! \u00BF").empty());
  EXPECT_TRUE(SearchTerms("\xE2\x80").empty());  // Cut off.
  EXPECT_EQ(SearchTerms("sheep\u2014ship\u2026"), (std::vector<std::string>{"sheep", "ship"}));
  EXPECT_EQ(SearchTerms("\u0283"), std::vector<std::string>{"\u0283"});
}

}  // namespace
}  // namespace euphone
