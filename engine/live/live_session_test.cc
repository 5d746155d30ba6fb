#include "live/live_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "live/event_json.h"
#include "live/scripted_reader_for_test.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::KeepingListener;
using testing::ScriptedReader;

constexpr const char* kSentence = "The first bird sings before morning.";

/// Everything that is told of a reading.
KeepingListener Follow(const ScriptedReader& reader, const std::string& text,
                       const std::vector<std::size_t>& pieces = {1600}, bool finish = true) {
  KeepingListener kept;
  auto session = LiveSession::Start(reader.Parts(), {}, text, kept);
  EXPECT_TRUE(session) << session.error().message;
  const std::vector<float> samples = reader.Samples();
  for (std::size_t at = 0, i = 0; at < samples.size(); ++i) {
    const std::size_t count = std::min(pieces[i % pieces.size()], samples.size() - at);
    EXPECT_TRUE(session->Push(PcmView(samples).subspan(at, count)));
    at += count;
  }
  if (finish) {
    EXPECT_TRUE(session->Finish());
  }
  return kept;
}

/// Words in the order in which they were first told.
std::vector<std::size_t> Told(const KeepingListener& kept) {
  std::vector<std::size_t> words;
  for (const WordScored& word : kept.All<WordScored>()) {
    if (word.revision == 1) words.push_back(word.word);
  }
  return words;
}

TEST(LiveSession, TellsEachWordAsItIsSaidAndTheSentenceWhenItsLastWordWas) {
  ScriptedReader reader;
  reader.Pause(0.4).Say("the first bird sings before morning").Pause(1.5);
  const KeepingListener kept = Follow(reader, kSentence);
  EXPECT_THAT(Told(kept), ElementsAre(0, 1, 2, 3, 4, 5));
  ASSERT_EQ(kept.takes.size(), 2u);
  EXPECT_FALSE(kept.takes[0].finished.settled);
  EXPECT_EQ(kept.takes[0].finished.revision, 1u);
  EXPECT_TRUE(kept.takes[1].finished.settled);
  EXPECT_EQ(kept.takes[1].finished.revision, 2u);
  EXPECT_EQ(kept.takes[1].finished.reason, EndReason::kContent);
  EXPECT_EQ(static_cast<std::int64_t>(kept.takes[1].pcm.size()),
            kept.takes[1].finished.span.end - kept.takes[1].finished.span.begin);
  EXPECT_EQ(kept.All<TextFinished>().size(), 1u);
}

TEST(LiveSession, TellsAWordWithinTwoTenthsOfASecondOfItsEnd) {
  ScriptedReader reader;
  reader.Pause(0.5).Say("the first bird sings before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence, {160});
  for (const Event& event : kept.events) {
    const auto* word = std::get_if<WordScored>(&event.kind);
    if (word == nullptr || word->revision != 1) continue;
    EXPECT_LT(event.at - word->span.end, 3'200) << "word " << word->word;
  }
}

TEST(LiveSession, LetsTheFullPassBeginBeforeItIsCertainThatTheLastWordWasSaid) {
  std::size_t foreseen = 0;
  for (int shift = 0; shift < 12; ++shift) {  // The model hears 12 frames at a time.
    ScriptedReader reader;
    reader.Pause(0.4 + 0.012 * shift).Say("the first bird sings before morning").Pause(1.5);
    const KeepingListener kept = Follow(reader, kSentence);
    ASSERT_FALSE(kept.takes.empty());
    if (kept.ahead.empty()) continue;  // Certain as soon as it was heard.
    ++foreseen;
    EXPECT_LT(kept.ahead.back().at, kept.takes.front().at);
    EXPECT_EQ(kept.ahead.back().finished.span, kept.takes.front().finished.span);
    EXPECT_EQ(kept.ahead.back().pcm, kept.takes.front().pcm);
  }
  EXPECT_GE(foreseen, 2u);
}

TEST(LiveSession, IsAsQuickWhereTheReaderGoesOnAfterAFirstResult) {
  std::size_t foreseen = 0;
  for (int shift = 0; shift < 12; ++shift) {
    ScriptedReader reader;
    reader.Pause(0.4 + 0.012 * shift).Say("the first bird sings before").Mumble({"M", "AO", "R"});
    reader.Pause(0.3).Say("morning").Pause(1.5);
    const KeepingListener kept = Follow(reader, kSentence, {384});
    ASSERT_EQ(kept.takes.size(), 3u);
    EXPECT_FALSE(kept.takes[1].finished.settled);
    const std::int64_t end = std::ssize(reader.Samples()) - 24'000;
    EXPECT_LT(kept.takes[1].at - end, 2'880) << "0.18 s";
    foreseen +=
        !kept.ahead.empty() && kept.ahead.back().finished.span == kept.takes[1].finished.span;
  }
  EXPECT_GE(foreseen, 2u);
}

TEST(LiveSession, ATakeAfterWhichNothingWasSaidEndsWhereItsFirstResultDid) {
  ScriptedReader reader;
  reader.Pause(0.4).Say("the first bird sings before morning").Pause(1.5);
  const KeepingListener kept = Follow(reader, kSentence);
  ASSERT_EQ(kept.takes.size(), 2u);
  EXPECT_EQ(kept.takes[1].finished.span, kept.takes[0].finished.span);
  EXPECT_EQ(kept.takes[1].pcm, kept.takes[0].pcm);
}

TEST(LiveSession, TellsTheSentenceSoonWhereTheEndOfItsLastWordIsSwallowed) {
  ScriptedReader reader;
  reader.Pause(0.4).Say("the first bird sings before").Mumble({"M", "AO", "R"}).Pause(0.6);
  const KeepingListener kept = Follow(reader, kSentence, {1600}, false);
  ASSERT_EQ(kept.takes.size(), 1u);
  EXPECT_FALSE(kept.takes[0].finished.settled);
  reader.Pause(1.0);
  const KeepingListener later = Follow(reader, kSentence, {1600}, false);
  ASSERT_EQ(later.takes.size(), 2u);
  EXPECT_EQ(later.takes[1].finished.reason, EndReason::kSilence);
}

TEST(LiveSession, WaitsForALastWordOfWhichNothingWasSaid) {
  ScriptedReader reader;
  reader.Pause(0.4).Say("the first bird sings before").Pause(0.9);
  EXPECT_THAT(Follow(reader, kSentence, {1600}, false).takes, IsEmpty());
}

TEST(LiveSession, SaysTheSameHoweverTheSamplesComeIn) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird").Pause(1.0).Say("first bird sings");
  reader.Mumble({"UW", "SH", "OY", "ZH"}).Say("before morning").Pause(1.0);
  const auto written = [&](const std::vector<std::size_t>& pieces) {
    const KeepingListener kept = Follow(reader, kSentence, pieces);
    std::string all;
    for (const Event& event : kept.events) all += WriteEvent(event, reader.phones());
    for (const FinishedTake& take : kept.takes) all += std::to_string(take.pcm.size()) + " ";
    return all;
  };
  const std::string whole = written({1'000'000});
  EXPECT_EQ(written({160}), whole);
  EXPECT_EQ(written({16'000}), whole);
  std::mt19937 random(4);
  std::vector<std::size_t> pieces(50);
  for (std::size_t& piece : pieces) piece = 160 + random() % 15'840;
  EXPECT_EQ(written(pieces), whole);
  EXPECT_EQ(written({1, 7, 159, 161}), whole);
}

TEST(LiveSession, SettlesEachWordOnceAndNeverLowersARevision) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird sings").Pause(0.8).Say("before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence);
  std::map<std::size_t, std::size_t> revisions;
  std::map<std::size_t, int> settled;
  for (const WordScored& word : kept.All<WordScored>()) {
    EXPECT_EQ(word.revision, ++revisions[word.word]);
    settled[word.word] += word.state == WordState::kSettled;
  }
  EXPECT_EQ(settled[1], 1);
  EXPECT_LT(kept.All<PhonesScored>().size(), 6u) << "the last ones are left to the full pass";
  EXPECT_GE(kept.All<PhonesScored>().size(), 4u);
}

TEST(LiveSession, TellsWhatWasPassedOver) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence);
  const auto skipped = kept.All<Skipped>();
  ASSERT_EQ(skipped.size(), 1u);
  EXPECT_EQ(skipped[0].first, 2u);
  EXPECT_EQ(skipped[0].last, 3u);
}

TEST(LiveSession, TellsWhenTheReaderGoesBackOrSaysAWordAgain) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird sings first bird sings sings before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence);
  const auto restarted = kept.All<Restarted>();
  ASSERT_EQ(restarted.size(), 1u);
  EXPECT_EQ(restarted[0].from, 3u);
  EXPECT_EQ(restarted[0].to, 1u);
  std::size_t furthest = 0, back = 0;
  for (const WordCurrent& cursor : kept.All<WordCurrent>()) {
    if (!cursor.word) continue;
    back += *cursor.word < furthest;
    furthest = *cursor.word;
  }
  EXPECT_GE(back, 1u) << "the cursor goes back, too";
  const auto repeated = kept.All<Repeated>();
  ASSERT_EQ(repeated.size(), 1u);
  EXPECT_EQ(repeated[0].word, 3u);
}

TEST(LiveSession, TellsWhatTheTextDoesNotHave) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird").Mumble({"UW", "SH", "OY", "ZH", "UW"});
  reader.Say("sings before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence);
  const auto inserted = kept.All<Inserted>();
  ASSERT_EQ(inserted.size(), 1u);
  EXPECT_EQ(inserted[0].before, 3u);
  EXPECT_GE(inserted[0].heard.size(), 4u);
}

TEST(LiveSession, WaitsForALearnerWhoThinksInTheMiddleOfASentence) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird").Pause(4.5).Say("sings before morning").Pause(1.0);
  const KeepingListener kept = Follow(reader, kSentence);
  EXPECT_EQ(kept.takes.back().finished.take, 1u) << "one take, not two";
  EXPECT_EQ(kept.All<LongPause>().size(), 1u);
  EXPECT_THAT(kept.All<Skipped>(), IsEmpty());
}

TEST(LiveSession, EndsATakeThatStopsHalfWayByPatience) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird").Pause(7.0);
  const KeepingListener kept = Follow(reader, kSentence, {1600}, false);
  ASSERT_EQ(kept.takes.size(), 1u);
  EXPECT_EQ(kept.takes[0].finished.reason, EndReason::kSilence);
}

TEST(LiveSession, CutsAPageIntoItsSentencesAndTakesThemAgainWhereTheyAreReadAgain) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("birds sing before morning we sleep until seven").Pause(1.5);
  reader.Say("we sleep until seven").Pause(1.0);
  const KeepingListener kept = Follow(reader, "Birds sing before morning. We sleep until seven.");
  std::vector<std::string> settled;
  for (const FinishedTake& take : kept.takes) {
    if (take.finished.settled)
      settled.push_back(std::to_string(take.finished.sentence) + "." +
                        std::to_string(take.finished.take));
  }
  EXPECT_THAT(settled, ElementsAre("0.1", "1.1", "1.2"));
  EXPECT_EQ(kept.All<TextFinished>().size(), 1u);
}

TEST(LiveSession, AWordOfAnotherSentenceWithinATakeIsNotJudgedAsOneOfIt) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("birds sing until before morning").Pause(1.5);
  const KeepingListener kept = Follow(reader, "Birds sing before morning. We sleep until seven.");
  EXPECT_THAT(Told(kept), ::testing::IsSupersetOf({0u, 1u, 2u, 3u}));
  EXPECT_FALSE(kept.takes.empty());
}

TEST(LiveSession, JudgesSpeechThatHasNothingToDoWithTheText) {
  ScriptedReader reader;
  reader.Pause(0.3).Mumble(
      {"UW", "SH", "OY", "ZH", "UW", "SH", "OY", "ZH", "UW", "SH", "OY", "ZH"});
  reader.Pause(2.5);
  const KeepingListener kept = Follow(reader, kSentence, {1600}, false);
  ASSERT_EQ(kept.takes.size(), 1u);
  EXPECT_TRUE(kept.takes[0].finished.settled);
  EXPECT_THAT(Told(kept), IsEmpty());
}

TEST(LiveSession, TellsItsEndAtOnceWhenItIsStopped) {
  ScriptedReader reader;
  reader.Pause(0.3).Say("the first bird sings");
  const KeepingListener kept = Follow(reader, kSentence);
  ASSERT_EQ(kept.takes.size(), 1u);
  EXPECT_EQ(kept.takes[0].finished.reason, EndReason::kStopped);
}

TEST(LiveSession, HearsSilenceAndNumbersThatAreNone) {
  ScriptedReader reader;
  KeepingListener kept;
  auto session = LiveSession::Start(reader.Parts(), {}, kSentence, kept);
  ASSERT_TRUE(session);
  std::vector<float> odd(16'000, std::numeric_limits<float>::quiet_NaN());
  odd[5] = std::numeric_limits<float>::infinity();
  odd[6] = 1e30F;
  EXPECT_TRUE(session->Push(odd));
  EXPECT_TRUE(session->Push({}));
  EXPECT_TRUE(session->Finish());
  EXPECT_THAT(kept.takes, IsEmpty());
  EXPECT_EQ(kept.All<SoundLevel>().size(), 20u);
}

TEST(LiveSession, RefusesATextWithoutWordsAndMissingParts) {
  ScriptedReader reader;
  KeepingListener kept;
  EXPECT_FALSE(LiveSession::Start(reader.Parts(), {}, " ... ", kept));
  LiveParts parts = reader.Parts();
  parts.scorer = nullptr;
  EXPECT_FALSE(LiveSession::Start(parts, {}, kSentence, kept));
  EXPECT_THAT(kept.events, IsEmpty());
}

}  // namespace
}  // namespace euphone
