#include "fleet/archive_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fleet/archive_queue.h"

namespace euphone::fleet {
namespace {

using testing::HasSubstr;

ArchiveJob Whole() {
  return {.run = "r",
          .recording = "a/1",
          .position = 7,
          .audio = "a/1.opus",
          .text = "Grüße, \"you\".\n",
          .speaker = "s",
          .language = "en-us",
          .content = std::string("\0\n\xFF", 3)};
}

TEST(ArchiveJob, ComesBackAsItWasSent) {
  const ArchiveJob job = Whole();
  const auto back = DecodeJob(EncodeJob(job));
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->run, job.run);
  EXPECT_EQ(back->recording, job.recording);
  EXPECT_EQ(back->position, job.position);
  EXPECT_EQ(back->audio, job.audio);
  EXPECT_EQ(back->text, job.text);
  EXPECT_EQ(back->speaker, job.speaker);
  EXPECT_EQ(back->language, job.language);
  EXPECT_EQ(back->content, job.content);
}

TEST(ArchiveJob, RefusesWhatIsNone) {
  for (const char* message :
       {"", "{}", "[]\n", "not json", R"({"v":2,"run":"r"})",
        R"({"v":1,"run":"r","recording":"a","position":1,"audio":"../a","text":"t"})",
        R"({"v":1,"run":"r","recording":"a","position":1,"audio":"/a","text":"t"})",
        R"({"v":1,"run":"r","recording":"a","position":1,"audio":"a","text":7})",
        R"({"v":1,"run":"r","recording":"a","position":"1","audio":"a","text":"t"})",
        R"({"v":1,"run":"r","recording":"a","audio":"a","text":"t"})",
        R"({"v":1,"run":"r","recording":"a","position":1,"audio":"a","text":""})",
        R"({"v":1,"run":"r","recording":"a","position":1,"audio":"a","text":"t","bytes":3})"}) {
    const auto job = DecodeJob(message);
    ASSERT_FALSE(job) << message;
    EXPECT_EQ(job.error().code, Errc::kCorrupt);
  }
  std::string cut = EncodeJob(Whole());
  cut.pop_back();
  EXPECT_THAT(DecodeJob(cut).error().message, HasSubstr("not as long as it says"));
}

TEST(StaysBelow, KnowsWhatLeadsOut) {
  for (const char* inside : {"a", "a/b.wav", "a/..b", "..a/b", "a/./b"})
    EXPECT_TRUE(StaysBelow(inside)) << inside;
  for (const char* outside : {"", "/a", "..", "../a", "a/../../b", "a/.."})
    EXPECT_FALSE(StaysBelow(outside)) << outside;
}

TEST(ArchiveMessage, IsTheSameWhenItIsSentAgainAndAnotherInAnotherRound) {
  EXPECT_EQ(ArchiveMessage(Whole(), 0).id, ArchiveMessage(Whole(), 0).id);
  EXPECT_NE(ArchiveMessage(Whole(), 0).id, ArchiveMessage(Whole(), 1).id);
  EXPECT_EQ(ArchiveMessage(Whole(), 0).subject, "euphone.archive.r");
}

}  // namespace
}  // namespace euphone::fleet
