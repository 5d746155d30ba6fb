#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "live/event_json.h"
#include "live/live_session.h"
#include "live/scripted_reader_for_test.h"

namespace euphone {
namespace {

using ::testing::IsEmpty;
using testing::KeepingListener;
using testing::ScriptedReader;

constexpr const char* kText = "The first bird sings before morning.";
constexpr const char* kWords = "the first bird sings before morning";

KeepingListener Hear(const ScriptedReader& reader, const std::string& text, bool hands_free = true,
                     std::size_t piece = 1600) {
  KeepingListener kept;
  LiveConfig config;
  if (hands_free) config.commands.emplace();
  auto session = LiveSession::Start(reader.Parts(), config, text, kept);
  EXPECT_TRUE(session) << session.error().message;
  const std::vector<float> samples = reader.Samples();
  for (std::size_t at = 0; at < samples.size(); at += piece)
    EXPECT_TRUE(session->Push(PcmView(samples).subspan(at, std::min(piece, samples.size() - at))));
  EXPECT_TRUE(session->Finish());
  return kept;
}

std::size_t SettledTakes(const KeepingListener& kept) {
  return static_cast<std::size_t>(std::ranges::count_if(
      kept.takes, [](const FinishedTake& take) { return take.finished.settled; }));
}

TEST(LiveCommands, AreHeardOnlyWhereTheyAreAskedFor) {
  ScriptedReader reader;
  reader.Pause(1.0).Say("next").Pause(1.0);
  EXPECT_THAT(Hear(reader, kText, false).All<CommandHeard>(), IsEmpty());
  const auto heard = Hear(reader, kText).All<CommandHeard>();
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].command, Command::kNext);
  EXPECT_FALSE(heard[0].wake);
  EXPECT_NEAR(static_cast<double>(heard[0].span.begin), 16'000.0, 1'600.0);
}

TEST(LiveCommands, AreNoReadingAndLeaveTheTakeBeforeThemAsItWas) {
  ScriptedReader alone, called;
  alone.Pause(0.8).Say(kWords).Pause(2.0);
  called.Pause(0.8).Say(kWords).Pause(0.9).Say("again").Pause(1.0);
  const KeepingListener expected = Hear(alone, kText), kept = Hear(called, kText);
  EXPECT_EQ(kept.All<CommandHeard>().size(), 1u);
  EXPECT_EQ(kept.All<Inserted>().size(), 0u);
  ASSERT_EQ(SettledTakes(kept), 1u);
  EXPECT_EQ(kept.takes.back().pcm.size(), expected.takes.back().pcm.size());
}

TEST(LiveCommands, EndASentenceThatIsNotFinishedWhereTheyBegin) {
  ScriptedReader reader;
  reader.Pause(0.8).Say("the first bird").Pause(1.0).Say("hey coach next").Pause(1.0);
  const KeepingListener kept = Hear(reader, kText);
  ASSERT_EQ(kept.All<CommandHeard>().size(), 1u);
  const CommandHeard heard = kept.All<CommandHeard>()[0];
  EXPECT_TRUE(heard.wake);
  ASSERT_EQ(SettledTakes(kept), 1u);
  EXPECT_EQ(kept.takes.back().finished.reason, EndReason::kStopped);
  EXPECT_LE(kept.takes.back().finished.span.end, heard.span.begin);
}

TEST(LiveCommands, WithinASentenceNeedTheWakePhraseAndEndItThere) {
  ScriptedReader plain, woken;
  plain.Pause(0.8).Say("the first bird").Pause(0.8).Say("next").Pause(0.8);
  plain.Say("sings before morning").Pause(1.0);
  EXPECT_THAT(Hear(plain, kText).All<CommandHeard>(), IsEmpty());
  woken.Pause(0.8).Say("the first bird").Pause(0.8).Say("hey coach").Pause(0.7).Say("next");
  woken.Pause(1.0);
  const KeepingListener kept = Hear(woken, kText);
  const auto heard = kept.All<CommandHeard>();
  ASSERT_EQ(heard.size(), 2u);
  EXPECT_FALSE(heard[0].command);
  EXPECT_EQ(heard[1].command, Command::kNext);
  EXPECT_TRUE(heard[1].wake);
  ASSERT_EQ(SettledTakes(kept), 1u);
  EXPECT_EQ(kept.takes.back().finished.reason, EndReason::kStopped);
  EXPECT_LE(kept.takes.back().finished.span.end, heard[0].span.begin);
}

TEST(LiveCommands, AreNeverWordsOfTheText) {
  const std::string text = "Next we go back. Stop here. Say it again.";
  ScriptedReader reader;
  for (const char* words : {"next", "we", "go back", "stop", "here", "say", "it", "again"})
    reader.Pause(0.9).Say(words);
  reader.Pause(1.0);
  const KeepingListener kept = Hear(reader, text);
  EXPECT_THAT(kept.All<CommandHeard>(), IsEmpty());
  EXPECT_EQ(kept.All<TextFinished>().size(), 1u);
}

TEST(LiveCommands, AreHeardTheSameHoweverTheSamplesComeIn) {
  ScriptedReader reader;
  reader.Pause(0.8).Say("the first bird").Pause(0.9).Say("hey coach again").Pause(1.0);
  reader.Say(kWords).Pause(0.9).Say("stop").Pause(1.0);
  const auto written = [&](std::size_t piece) {
    const KeepingListener kept = Hear(reader, kText, true, piece);
    std::string all;
    for (const Event& event : kept.events) all += WriteEvent(event, reader.phones());
    for (const FinishedTake& take : kept.takes) all += std::to_string(take.pcm.size()) + " ";
    return all;
  };
  const std::string whole = written(1'000'000);
  EXPECT_EQ(written(160), whole);
  EXPECT_EQ(written(5'001), whole);
  EXPECT_NE(whole.find("\"command\":\"again\",\"wake\":true"), std::string::npos);
  EXPECT_NE(whole.find("\"command\":\"stop\",\"wake\":false"), std::string::npos);
}

TEST(LiveCommands, DoNotBeginWithAWakePhraseThatNobodyCouldTellFromOtherSpeech) {
  ScriptedReader reader;
  KeepingListener kept;
  LiveConfig config;
  config.commands = HandsFreeConfig{.wake = "hey"};
  EXPECT_FALSE(LiveSession::Start(reader.Parts(), config, kText, kept));
  EXPECT_THAT(kept.events, IsEmpty());
}

}  // namespace
}  // namespace euphone
