#include "live_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live_events_fixture.h"

namespace euphone::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kText = "I think so. You do not.";
const std::string kFirst = "I think so.";

LiveView Opened(std::size_t items = 1) {
  LiveView view(TestPhones(), items, "");
  view.Hear(ListeningTo(kText));
  return view;
}

/// The first sentence, read with this score.
void Read(LiveView& view, double score, Band band, std::size_t take = 1) {
  for (std::size_t w = 0; w < 3; ++w) {
    view.Hear(Word(w, WordState::kPartial, score, band, take, 1));
    view.Hear(Word(w, WordState::kFinal, score, band, take, 1001));
  }
  view.Hear(Finished(0, 0, false, AnalysisOf(kFirst, score, band), take));
  view.Hear(Finished(0, 0, true, AnalysisOf(kFirst, score, band), take));
}

TEST(LiveView, MarksWordsAsTheyAreSaidAndSettled) {
  LiveView view = Opened();
  EXPECT_EQ(view.state(), LiveState::kListening);
  ASSERT_EQ(view.item().words.size(), 6U);
  EXPECT_EQ(view.item().words[0].sign, WordSign::kNone);
  view.Hear(Word(0, WordState::kPartial, 80, Band::kClear));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kClear);
  EXPECT_TRUE(view.item().words[0].partial);
  view.Hear(Word(0, WordState::kSettled, 40, Band::kHardToUnderstand, 1, 2));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kHard);
  EXPECT_FALSE(view.item().words[0].partial);
  EXPECT_EQ(view.inspected(), 0U);
  view.Hear(Word(0, WordState::kWithdrawn, 0, Band::kNotSure, 1, 3));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kNone);
}

TEST(LiveView, ShowsTheResultOfASentenceUntilTheNextOneIsRead) {
  LiveView view = Opened();
  Read(view, 80, Band::kClear);
  view.Hear({.kind = WordCurrent{3}});
  EXPECT_EQ(view.sentence(), 0U);
  EXPECT_EQ(view.item().sentences[0].tries.size(), 1U);
  EXPECT_EQ(view.item().sentences[0].summary.score, 80.0);
  view.Hear(Word(3, WordState::kPartial, 80, Band::kClear));
  EXPECT_EQ(view.sentence(), 1U);
}

TEST(LiveView, KeepsTheTryBeforeWhenASentenceIsReadAgain) {
  LiveView view = Opened();
  Read(view, 60, Band::kSlightlyAccented);
  view.Hear(Word(0, WordState::kPartial, 90, Band::kClear, 2));
  EXPECT_FALSE(view.item().sentences[0].current);
  EXPECT_EQ(view.item().words[1].sign, WordSign::kNone) << "marks of the try before";
  Read(view, 90, Band::kClear, 2);
  const ViewSentence& in = view.item().sentences[0];
  ASSERT_EQ(in.tries.size(), 2U);
  EXPECT_EQ(in.tries[0].score, 60.0);
  EXPECT_EQ(in.tries[1].score, 90.0);
  EXPECT_TRUE(in.current);
}

TEST(LiveView, AResultThatComesLateLeavesTheMarksOfTheNextTakeAlone) {
  LiveView view = Opened();
  view.Hear(Word(0, WordState::kPartial, 60, Band::kSlightlyAccented, 1));
  view.Hear(Word(0, WordState::kPartial, 90, Band::kClear, 2));
  view.Hear(Word(0, WordState::kFinal, 60, Band::kSlightlyAccented, 1, 1001));
  view.Hear(Finished(0, 0, true, AnalysisOf(kFirst, 60, Band::kSlightlyAccented), 1));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kClear);
  EXPECT_EQ(view.item().sentences[0].tries.size(), 1U);
  EXPECT_FALSE(view.item().sentences[0].current);
}

TEST(LiveView, WordsThatWerePassedOverStayMarkedWhenTheTakeBegins) {
  LiveView view = Opened();
  view.Hear({.kind = Skipped{0, 0}});
  EXPECT_EQ(view.item().words[0].sign, WordSign::kLeftOut);
  EXPECT_THAT(view.notice(), HasSubstr("Passed over: I"));
  view.Hear(Word(1, WordState::kPartial, 80, Band::kClear));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kLeftOut);
  view.Hear(Word(0, WordState::kPartial, 80, Band::kClear));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kClear);
  EXPECT_THAT(view.notice(), IsEmpty()) << "it was said after all";
}

TEST(LiveView, WhoeverBeginsWithALaterSentenceHasLeftNothingOut) {
  LiveView view = Opened();
  Read(view, 80, Band::kClear);
  view.Hear(ListeningTo(kText));
  view.Hear({.kind = Skipped{0, 3}});
  EXPECT_EQ(view.item().words[0].sign, WordSign::kClear) << "as it was read before";
  EXPECT_EQ(view.item().words[3].sign, WordSign::kLeftOut);
  EXPECT_EQ(view.notice(), "Passed over: You");
}

TEST(LiveView, TheResultPutsAnEndToWhatWasMentionedMeanwhile) {
  LiveView view = Opened();
  view.Hear({.kind = Repeated{1}});
  EXPECT_THAT(view.notice(), HasSubstr("Said again: think"));
  Read(view, 80, Band::kClear);
  EXPECT_THAT(view.notice(), IsEmpty());
  view.Hear({.kind = Overrun{16000, 1}});
  view.Hear(Finished(0, 0, true, AnalysisOf(kFirst, 80, Band::kClear), 2));
  EXPECT_THAT(view.notice(), HasSubstr("1.0 s of audio was lost"));
}

TEST(LiveView, RetryForgetsTheMarksButNotTheTries) {
  LiveView view = Opened();
  Read(view, 60, Band::kSlightlyAccented);
  EXPECT_EQ(view.Press(LiveKey::kRetry), LiveAction::kRestart);
  EXPECT_EQ(view.item().words[0].sign, WordSign::kNone);
  EXPECT_EQ(view.state(), LiveState::kOpening);
  view.Hear(ListeningTo(kText));
  Read(view, 70, Band::kClear);
  ASSERT_EQ(view.item().sentences[0].tries.size(), 2U);
  EXPECT_EQ(view.item().sentences[0].tries[0].score, 60.0);
}

TEST(LiveView, GoesFromItemToItemAndRemembersThem) {
  LiveView view = Opened(2);
  Read(view, 60, Band::kSlightlyAccented);
  EXPECT_EQ(view.Press(LiveKey::kNext), LiveAction::kOpen);
  EXPECT_EQ(view.item_index(), 1U);
  EXPECT_THAT(view.item().words, IsEmpty());
  EXPECT_EQ(view.Press(LiveKey::kNext), LiveAction::kNone);
  EXPECT_THAT(view.notice(), HasSubstr("last"));
  EXPECT_EQ(view.Press(LiveKey::kPrevious), LiveAction::kOpen);
  view.Hear(ListeningTo(kText));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kSlight);
  EXPECT_EQ(view.item().sentences[0].tries.size(), 1U);
}

TEST(LiveView, ArrowsChooseAWordWithinTheText) {
  LiveView view = Opened();
  Read(view, 60, Band::kSlightlyAccented);
  view.Press(LiveKey::kRight);
  const auto first = view.chosen();
  ASSERT_TRUE(first);
  view.Press(LiveKey::kRight);
  EXPECT_EQ(view.chosen(), *first + 1);
  for (int i = 0; i < 20; ++i) view.Press(LiveKey::kLeft);
  EXPECT_EQ(view.chosen(), 0U);
  EXPECT_NE(view.JudgedWord(0), nullptr);
  for (int i = 0; i < 20; ++i) view.Press(LiveKey::kRight);
  EXPECT_EQ(view.chosen(), 5U);
  EXPECT_EQ(view.JudgedWord(5), nullptr) << "not read yet";
  view.Press(LiveKey::kBack);
  EXPECT_FALSE(view.chosen());
}

TEST(LiveView, SpaceStopsAndStarts) {
  LiveView view = Opened();
  EXPECT_EQ(view.Press(LiveKey::kToggle), LiveAction::kStop);
  view.SetState(LiveState::kStopped);
  EXPECT_EQ(view.Press(LiveKey::kToggle), LiveAction::kStart);
  EXPECT_EQ(view.Press(LiveKey::kToggle), LiveAction::kNone) << "it is starting";
}

TEST(LiveView, SaysWhichCommandItHeardAndAsksForOneAfterTheWakePhrase) {
  LiveView view = Opened();
  view.Hear({.kind = CommandHeard{Command::kAgain, false, {}}});
  EXPECT_EQ(view.notice(), "Heard: again");
  view.Hear({.kind = CommandHeard{std::nullopt, true, {}}});
  EXPECT_EQ(view.notice().substr(0, 4), "Yes?");
}

TEST(LiveView, HelpGoesAwayWithAnyKeyWhichDoesNothingElse) {
  LiveView view = Opened();
  view.Press(LiveKey::kHelp);
  EXPECT_TRUE(view.help());
  EXPECT_EQ(view.Press(LiveKey::kRetry), LiveAction::kNone);
  EXPECT_FALSE(view.help());
}

TEST(LiveView, AReadingOfAnotherTextHasNoScoreAndNoMarks) {
  LiveView view = Opened();
  view.Hear(Word(0, WordState::kPartial, 80, Band::kClear));
  auto other = std::make_shared<Analysis>(*AnalysisOf(kFirst, 50, Band::kClear));
  other->verdict = Verdict::kWrongText;
  view.Hear(Finished(0, 0, true, other));
  EXPECT_EQ(view.item().words[0].sign, WordSign::kNone);
  EXPECT_FALSE(view.item().sentences[0].summary.scored);
  EXPECT_FALSE(view.item().sentences[0].tries[0].score);
}

TEST(LiveView, AFatalFailureStaysUntilItIsHeardAgain) {
  LiveView view = Opened();
  view.Hear({.kind = Failed{{Errc::kIo, "the microphone has gone away"}, true}});
  view.Hear({.kind = Stopped{}});
  EXPECT_EQ(view.state(), LiveState::kFailed);
  EXPECT_THAT(view.notice(), HasSubstr("gone away"));
  view.Hear(ListeningTo(kText));
  EXPECT_EQ(view.state(), LiveState::kListening);
}

SoundLevel Level(double rms, double peak, bool speaking) { return {rms, peak, speaking}; }

TEST(LevelView, TellsGoodSpeechFromQuietLoudAndNoisy) {
  LevelView level;
  EXPECT_EQ(level.advice(), LevelAdvice::kNone);
  for (int i = 0; i < 60; ++i) level.Hear(Level(-60, -50, false));
  EXPECT_FALSE(level.snr_db());
  for (int i = 0; i < 40; ++i) level.Hear(Level(-25, -10, true));
  EXPECT_EQ(level.advice(), LevelAdvice::kGood);
  ASSERT_TRUE(level.snr_db());
  EXPECT_NEAR(*level.snr_db(), 35.0, 0.5);
  level.Hear(Level(-5, -0.1, true));
  EXPECT_EQ(level.advice(), LevelAdvice::kTooLoud);
  LevelView quiet;
  for (int i = 0; i < 40; ++i) quiet.Hear(Level(-70, -60, false));
  for (int i = 0; i < 40; ++i) quiet.Hear(Level(-50, -40, true));
  EXPECT_EQ(quiet.advice(), LevelAdvice::kTooQuiet);
  LevelView noisy;
  for (int i = 0; i < 40; ++i) noisy.Hear(Level(-30, -20, false));
  for (int i = 0; i < 40; ++i) noisy.Hear(Level(-25, -15, true));
  EXPECT_EQ(noisy.advice(), LevelAdvice::kNoisy);
}

}  // namespace
}  // namespace euphone::cli
