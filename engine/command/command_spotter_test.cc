#include "command/command_spotter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "command/command_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::ScriptedCaller;
using testing::ShippedLexicon;

/// "wake", "next", "wake+next": what was heard, in order.
std::vector<std::string> Calls(const ScriptedCaller& caller, std::size_t step = 12) {
  auto spotter = CommandSpotter::Create(*ShippedLexicon(), "hey coach");
  EXPECT_TRUE(spotter) << spotter.error().message;
  std::vector<std::string> calls;
  for (std::size_t at = 0; at < caller.frames(); at += step) {
    const auto call = spotter->Push(caller.Heard(at, at + step));
    if (!call) continue;
    std::string name = call->wake ? "wake" : "";
    if (call->wake && call->command) name += "+";
    if (call->command) name += Name(*call->command);
    calls.push_back(name);
  }
  return calls;
}

TEST(CommandSpotter, HearsEachCommandThatIsSaidByItself) {
  for (const Command command : kCommands) {
    ScriptedCaller caller;
    caller.Pause(0.8).Say(std::string(Words(command))).Pause(0.6).Blur(2.0);
    EXPECT_THAT(Calls(caller), ElementsAre(Name(command)));
  }
}

TEST(CommandSpotter, HearsTheWakePhraseAloneAndInOneBreathWithACommand) {
  ScriptedCaller caller;
  caller.Pause(0.8).Say("hey coach").Pause(1.0).Say("hey coach").Pause(0.1).Say("go back");
  caller.Pause(0.6);
  EXPECT_THAT(Calls(caller), ElementsAre("wake", "wake+go_back"));
}

TEST(CommandSpotter, HearsNoCommandInTheMiddleOfASentence) {
  ScriptedCaller caller;
  caller.Pause(0.8).Say("the next bird").Pause(0.8).Say("we stop here").Pause(0.8);
  caller.Say("go back home again").Pause(0.8);
  EXPECT_THAT(Calls(caller), IsEmpty());
}

TEST(CommandSpotter, HearsNoCommandWithoutSilenceAroundIt) {
  ScriptedCaller before, after;
  before.Pause(0.8).Say("birds").Pause(0.4).Say("next").Pause(0.8);
  EXPECT_THAT(Calls(before), IsEmpty());
  after.Pause(0.8).Say("next").Pause(0.3).Say("birds").Pause(0.8);
  EXPECT_THAT(Calls(after), IsEmpty());
}

TEST(CommandSpotter, HearsNoCommandInWordsThatAreLikeIt) {
  ScriptedCaller caller;
  for (const char* word : {"text", "began", "step", "shop", "bag", "slowly", "repeat"})
    caller.Pause(0.8).Say(word);
  caller.Pause(0.8);
  EXPECT_THAT(Calls(caller), IsEmpty());
}

TEST(CommandSpotter, HearsTheSameHoweverTheFramesComeIn) {
  ScriptedCaller caller;
  for (const char* said : {"next", "the bird", "hey coach", "stop", "repeat slowly", "again"})
    caller.Pause(0.9).Say(said);
  caller.Pause(0.9).Blur(1.0);
  const std::vector<std::string> whole = Calls(caller);
  EXPECT_THAT(whole, ElementsAre("next", "wake", "stop", "repeat_slowly", "again"));
  EXPECT_EQ(Calls(caller, 1), whole);
  EXPECT_EQ(Calls(caller, 7), whole);
}

TEST(CommandSpotter, HearsACommandAfterHoursOfOtherSpeech) {
  ScriptedCaller caller;
  for (int i = 0; i < 60; ++i) caller.Say("the first bird sings before the morning").Pause(0.7);
  caller.Say("again").Pause(0.7);
  EXPECT_THAT(Calls(caller), ElementsAre("again"));
}

TEST(CommandSpotter, RefusesAWakePhraseThatIsTooShortOrSoundsLikeACommand) {
  for (const auto& [wake, why] :
       {std::pair("hey", "too short"), std::pair("hey next", "command"), std::pair("...", "word"),
        std::pair("a b c d e f g", "too long")}) {
    const auto spotter = CommandSpotter::Create(*ShippedLexicon(), wake);
    ASSERT_FALSE(spotter) << wake;
    EXPECT_THAT(spotter.error().message, HasSubstr(why));
  }
}

}  // namespace
}  // namespace euphone
