#include "live_plain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "live_events_fixture.h"

namespace euphone::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kText = "I think so.";

class PlainWriterTest : public ::testing::Test {
 protected:
  PlainWriterTest() { writer_.Write(ListeningTo(kText)); }
  PlainWriter writer_{TestPhones()};
};

TEST_F(PlainWriterTest, TellsAWordOnceItHasSettledAndWhatTheFullPassChanges) {
  EXPECT_EQ(writer_.Write(Word(0, WordState::kPartial, 90, Band::kClear)), "");
  EXPECT_EQ(writer_.Write(Word(0, WordState::kSettled, 90.4, Band::kClear, 1, 2)),
            "[I] about 90 clear\n");
  EXPECT_EQ(writer_.Write(Word(0, WordState::kFinal, 52, Band::kHardToUnderstand, 1, 1001)), "");
  writer_.Write(Word(1, WordState::kFinal, 84, Band::kClear, 1, 1001));
  const std::string lines =
      writer_.Write(Finished(0, 0, true, AnalysisOf(kText, 76, Band::kSlightlyAccented)));
  EXPECT_THAT(lines, HasSubstr("[I] now 52 hard to understand\n[think] 84 clear\n"));
  EXPECT_THAT(lines, HasSubstr("score: 76 of 100 (sentence 1, take 1)\n"));
}

TEST_F(PlainWriterTest, GivesOneResultAndTheScoreBefore) {
  EXPECT_EQ(writer_.Write(Finished(0, 0, false, AnalysisOf(kText, 60, Band::kClear))), "");
  writer_.Write(Finished(0, 0, true, AnalysisOf(kText, 60, Band::kClear)));
  EXPECT_THAT(writer_.Write(Finished(0, 0, true, AnalysisOf(kText, 76, Band::kClear), 2)),
              HasSubstr("score: 76 of 100, before 60 (sentence 1, take 2)\ngood: "));
}

TEST_F(PlainWriterTest, TellsACommandAndAsksForOneAfterTheWakePhrase) {
  EXPECT_EQ(writer_.Write({.kind = CommandHeard{Command::kRepeatSlowly, false, {}}}),
            "command: repeat slowly\n");
  EXPECT_EQ(writer_.Write({.kind = CommandHeard{std::nullopt, true, {}}}), "command: which one?\n");
}

TEST_F(PlainWriterTest, TellsWhatTheReaderDid) {
  EXPECT_EQ(writer_.Write({.kind = Repeated{1}}), "again: think\n");
  EXPECT_EQ(writer_.Write({.kind = Restarted{2, 0}}), "back to: I\n");
  EXPECT_EQ(writer_.Write({.kind = Inserted{1, {}, {*TestPhones().Find("AH")}}}),
            "not in the text: /ʌ/\n");
  EXPECT_EQ(writer_.Write({.kind = LongPause{1, 16000 * 2}}), "pause: 2.0 s after think\n");
  EXPECT_EQ(writer_.Write({.kind = TextFinished{}}), "end of the text\n");
}

TEST_F(PlainWriterTest, TellsOfWordsThatWerePassedOverOnceItIsSure) {
  EXPECT_EQ(writer_.Write({.kind = Skipped{0, 1}}), "");
  EXPECT_EQ(writer_.Write(Word(2, WordState::kSettled, 90, Band::kClear, 1, 2)),
            "skipped: I think\n[so] about 90 clear\n");
  EXPECT_EQ(writer_.Write({.kind = Skipped{0, 0}}), "");
  EXPECT_EQ(writer_.Write(Word(0, WordState::kPartial, 90, Band::kClear)), "");
  EXPECT_EQ(writer_.Write(Word(1, WordState::kSettled, 90, Band::kClear, 1, 2)),
            "[think] about 90 clear\n")
      << "it was said after all";
}

TEST_F(PlainWriterTest, LeavesLevelsAndTheCursorOut) {
  EXPECT_EQ(writer_.Write({.kind = SoundLevel{}}), "");
  EXPECT_EQ(writer_.Write({.kind = WordCurrent{0}}), "");
}

TEST_F(PlainWriterTest, WritesNoControlCharacters) {
  const std::string lines = writer_.Write(
      {.kind = Failed{{Errc::kInternal, std::string("one\x1b[31m two\nthree")}, false}});
  EXPECT_TRUE(std::ranges::all_of(lines.substr(0, lines.size() - 1), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20;
  })) << lines;
}

}  // namespace
}  // namespace euphone::cli
