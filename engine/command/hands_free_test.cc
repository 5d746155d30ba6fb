#include "command/hands_free.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "command/command_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::ScriptedCaller;
using testing::ShippedLexicon;
using testing::TextOf;

/// What is obeyed while `text` is open, all of it near; reading since frame `since` where given.
std::vector<std::string> Obeyed(const ScriptedCaller& caller, const std::string& text,
                                std::optional<std::size_t> since = std::nullopt) {
  const std::vector<AlignWord> words = TextOf(text);
  auto hands_free = HandsFree::Create(*ShippedLexicon(), words, {});
  EXPECT_TRUE(hands_free) << hands_free.error().message;
  const ReadingState reading{.since = since, .near_first = 0, .near_last = words.size()};
  std::vector<std::string> obeyed;
  for (std::size_t at = 0; at < caller.frames(); at += 12) {
    const auto call = hands_free->Push(caller.Heard(at, at + 12), reading);
    if (call && call->command)
      obeyed.push_back((call->wake ? "wake+" : "") + std::string(Name(*call->command)));
  }
  return obeyed;
}

TEST(HandsFree, ObeysACommandWhileNothingIsRead) {
  ScriptedCaller caller;
  caller.Pause(1.0).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "birds sing before morning"), ElementsAre("next"));
}

TEST(HandsFree, ObeysNoCommandWithinASentenceButAfterTheWakePhrase) {
  ScriptedCaller caller;
  caller.Pause(1.0).Say("next").Pause(1.0).Say("hey coach").Pause(1.0).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "birds sing before morning", 3), ElementsAre("wake+next"));
}

TEST(HandsFree, ObeysACommandThatTheReadersOwnFollowerTookForTheBeginningOfASentence) {
  ScriptedCaller caller;
  caller.Pause(1.0).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "birds sing before morning", 84), ElementsAre("next"));
}

TEST(HandsFree, TakesNoWordOfTheTextForACommandUnlessTheWakePhraseCameFirst) {
  ScriptedCaller caller;
  caller.Pause(1.0).Say("next").Pause(1.0).Say("again").Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "what comes next"), ElementsAre("again"));
  EXPECT_THAT(Obeyed(caller, "against the text"), IsEmpty());
  caller.Say("hey coach").Pause(0.5).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "next again"), ElementsAre("wake+next"));
}

TEST(HandsFree, TakesAWakePhraseThatStandsInTheTextForNone) {
  ScriptedCaller caller;
  caller.Pause(1.0).Say("hey coach").Pause(1.0).Say("next").Pause(1.0).Say("hey coach next");
  caller.Pause(1.0);
  EXPECT_THAT(Obeyed(caller, "hey coach what is next"), IsEmpty());
}

TEST(HandsFree, SleepsAgainAfterOneCommandOrFiveSeconds) {
  ScriptedCaller once;
  once.Pause(1.0).Say("hey coach").Pause(1.0).Say("stop").Pause(1.0).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(once, "next"), ElementsAre("wake+stop"));
  ScriptedCaller late;
  late.Pause(1.0).Say("hey coach").Pause(5.5).Say("next").Pause(1.0);
  EXPECT_THAT(Obeyed(late, "next"), IsEmpty());
}

}  // namespace
}  // namespace euphone
