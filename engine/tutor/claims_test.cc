#include "tutor/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "retrieve/passage.h"
#include "retrieve/retrieve_fixture.h"

namespace euphone {
namespace {

using ::testing::HasSubstr;

const Grounds& Ana() {
  static const Grounds kGrounds{
      .passages = {"Let the tip of your tongue come out between your teeth, so that you can see it "
                   "in a mirror."},
      .record = {"TH: said 14 times in the last 28 days, 64 of 100 on average, 5 times clearly "
                 "wrong; heard instead so far: S (5 times)."},
      .question = "why do I say 'sink' for 'think'?",
      .learner = "Ana Lima"};
  return kGrounds;
}

std::string Objection(std::string_view text) {
  return ObjectionTo(text, Ana(), fixture::ShippedLexicon()).value_or("");
}

class FairReply : public ::testing::TestWithParam<const char*> {};

TEST_P(FairReply, IsShown) { EXPECT_EQ(Objection(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(
    Advice, FairReply,
    ::testing::Values(
        "Let the tip of your tongue come out between your teeth, so that you can see it in a "
        "mirror.",
        "Put the tip of your tongue lightly between your teeth and let the air flow softly.",
        "If you hear a sharp hiss, the tongue is too far back.",
        "When you say 'think', you should feel air on the tip of your tongue.",
        "Many learners say S for TH, because few languages have it.",
        "German speakers often replace TH with S.",
        "TH is made with air only, without voice. Say \"sss\" and push the tongue slowly forward.",
        "Never bite the tongue; keep it soft and flat.",
        "Practise with 'think' and 'sink', then put them into a sentence.",
        "To make /θ/, let the air leave wide and soft.",
        "If it sounds wrong, try again in front of a mirror.",
        "You can hold a finger before your lips: the air should be cool.",
        "In your first language there may be no such sound, so S is the nearest one.",
        "TH: said 14 times in the last 28 days, 64 of 100 on average, 5 times clearly wrong; heard "
        "instead so far: S (5 times). So let the tip of the tongue come out."));

class Adversarial : public ::testing::TestWithParam<const char*> {};

TEST_P(Adversarial, ReplyIsObjectedTo) { EXPECT_NE(Objection(GetParam()), ""); }

INSTANTIATE_TEST_SUITE_P(
    Claims, Adversarial,
    ::testing::Values(
        "You always say S for TH.", "You said 'sink' 40 times last week.", "Your TH is weak.",
        "Your pronunciation of TH is excellent.", "Your TH, like your R, needs work.",
        "It always comes out as S.", "It comes out as S.", "The TH came out as S.",
        "I heard an S instead of TH.", "I can hear that the tongue stays behind the teeth.",
        "I noticed some trouble with vowels, too.", "We found five errors.", "Ana says S.",
        "Lima drops the R.", "The learner drops every R.", "She says S for TH.",
        "His vowels are too long.", "The record shows a weak TH.",
        "According to the history, R is the hardest sound.", "The score for R is low.",
        "On average the R is at half.",
        "R: said 3 times in the last 28 days, 12 of 100 on average.",
        "TH: said 14 times in the last 28 days, 94 of 100 on average, 5 times clearly wrong.",
        "Well done!", "Great job!", "Good work.", "Perfect, keep going.", "Congratulations!",
        "TH was said as S.", "That was better than before.", "S was what came.",
        "Most of the TH sounds were S.", "The tongue stayed behind the teeth and so S came.",
        "When you say 'think', you say 'sink'.", "When you say 'think', it comes out as 'sink'.",
        "You are mixing S and TH.", "You're mixing S and TH.", "You've improved.",
        "You seem to drop final consonants.", "You tend to use S.", "You confuse S and TH.",
        "You mispronounce it because of your Portuguese.", "As you know, you keep saying S.",
        "Remember how you often replace TH.", "That you say S is normal.",
        "What you do wrong is the tongue.", "The sound you make is S.",
        "Like you always do, the tongue stays in.", "So you say S.", "In short: you say S.",
        "The way you say it is wrong.", "Yours is too sharp.", "This user says S.",
        "There has been progress.", "Mistakes in R are frequent.", "R is mispronounced.",
        "TH is replaced by S.", "TH turns into S here.", "S still replaces TH.",
        "The accuracy is low.", "5 of 14 were wrong.", "TH is said with 64 percent.", "Wrong!",
        "The vowels are unclear.", "Tu dis toujours S pour TH.",
        "Siempre dices sink en lugar de think.", "Du sagst immer S.", "Y\xD0\xBEu always say S.",
        "\xEF\xBC\xB9ou always say S.", "У вас всегда S.", "Go to https://example.org for more.",
        "Write to me@example.org.", "", " . ", "Put your tongue out 33 times.",
        "Put your tongue between your teeth. You always say S.",
        "Put your tongue between your teeth\nyou said S",
        "Put your tongue between your teeth - you said S."));

TEST(ClaimsTest, TheReasonTellsWhatIsWrong) {
  EXPECT_THAT(Objection("You always say S."), HasSubstr("no record holds"));
  EXPECT_THAT(Objection("See www.example.org now."), HasSubstr("address"));
  EXPECT_THAT(Objection("Say it 99 times."), HasSubstr("figures"));
  EXPECT_THAT(Objection("Siempre dices sink en lugar de think."), HasSubstr("English"));
}

TEST(ClaimsTest, ARecordOfNobodyAllowsNothing) {
  Grounds grounds = Ana();
  grounds.record.clear();
  EXPECT_TRUE(ObjectionTo(Ana().record.front(), grounds, fixture::ShippedLexicon()));
}

TEST(ClaimsTest, MostOfWhatTheArticlesSayCouldBeSaidInOtherWordsToo) {
  // Nothing is given, so that each sentence must stand by itself.
  std::size_t all = 0, fair = 0;
  for (const Passage& passage : PassagesOf(fixture::ShippedKnowledge())) {
    ++all;
    Grounds grounds{.passages = {}, .record = {}, .question = passage.text, .learner = ""};
    const auto objection = ObjectionTo(passage.text, grounds, fixture::ShippedLexicon());
    if (!objection)
      ++fair;
    else
      printf("%s | %s\n", objection->c_str(), passage.id.c_str());
  }
  EXPECT_GT(static_cast<double>(fair) / static_cast<double>(all), 0.74) << fair << " of " << all;
}

}  // namespace
}  // namespace euphone
