#include "command/phrase.h"

#include <gtest/gtest.h>

#include "command/command_fixture.h"
#include "command/phrase_fit.h"

namespace euphone {
namespace {

using testing::ScriptedCaller;
using testing::ShippedLexicon;

TEST(Phrase, HasEveryWayToSayItsWordsOnce) {
  const auto phrase = MakePhrase(*ShippedLexicon(), "Next, again!");
  ASSERT_TRUE(phrase);
  EXPECT_EQ(phrase->variants.size(), 4u) << "next and again have two pronunciations each";
  EXPECT_EQ(Joined(*phrase, *phrase).variants.size(), 16u);
}

TEST(Phrase, TakesPronunciationsOfOnesOwnAndRefusesWhatIsNoPhrase) {
  EXPECT_EQ(MakePhrase(*ShippedLexicon(), "{stop|S T AO P}")->variants.size(), 1u);
  EXPECT_FALSE(MakePhrase(*ShippedLexicon(), "  "));
  EXPECT_FALSE(MakePhrase(*ShippedLexicon(), "one two three four five six seven"));
  EXPECT_FALSE(MakePhrase(*ShippedLexicon(), "{a|QQ}"));
}

/// Of "stop" in what somebody says.
double FitOfStop(const ScriptedCaller& caller, std::size_t speech) {
  const Phrase stop = *MakePhrase(*ShippedLexicon(), "stop");
  return PhraseFit(caller.Heard(0, caller.frames()), 0, caller.frames(), stop, speech);
}

TEST(PhraseFit, IsNearZeroForThePhraseAndFarBelowForOthers) {
  ScriptedCaller right, near, wrong;
  right.Pause(0.1).Say("stop").Pause(0.1);
  near.Pause(0.1).Say("step").Pause(0.1);
  wrong.Pause(0.1).Say("birds").Pause(0.1);
  EXPECT_GT(FitOfStop(right, 24), -0.01);
  EXPECT_LT(FitOfStop(near, 24), -2.0);
  EXPECT_LT(FitOfStop(wrong, 24), FitOfStop(near, 24));
}

TEST(PhraseFit, IsNothingWhereItIsTooQuickOrTooSlowForThePhrase) {
  ScriptedCaller caller;
  caller.Pause(0.1).Say("stop").Pause(0.1);
  EXPECT_LT(FitOfStop(caller, 11), -1e9);
  EXPECT_LT(FitOfStop(caller, 80), -1e9);
}

TEST(FrameFit, HasAFloorAndIsZeroForSilenceAroundThePhones) {
  ScriptedCaller caller;
  caller.Pause(0.2).Say("stop").Pause(0.2);
  const Posteriors heard = caller.Heard(0, caller.frames());
  const Phrase stop = *MakePhrase(*ShippedLexicon(), "stop");
  const Phrase other = *MakePhrase(*ShippedLexicon(), "a");
  EXPECT_GT(FrameFit(heard.frames, 0, caller.frames(), stop.variants.front()), -0.01);
  EXPECT_GE(FrameFit(heard.frames, 0, caller.frames(), other.variants.front()), -8.0);
}

}  // namespace
}  // namespace euphone
