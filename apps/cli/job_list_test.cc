#include "job_list.h"

#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

TEST(JobList, ReadsFilesTextsAndIds) {
  const auto jobs =
      ParseJobList("# list\n\na.wav\tHello there.\r\nsub/b.flac\tBye.\tlast\n", "/data");
  ASSERT_TRUE(jobs) << jobs.error().message;
  ASSERT_EQ(jobs->size(), 2u);
  EXPECT_EQ((*jobs)[0].audio, "/data/a.wav");
  EXPECT_EQ((*jobs)[0].text, "Hello there.");
  EXPECT_EQ((*jobs)[0].id, "a");
  EXPECT_EQ((*jobs)[1].audio, "/data/sub/b.flac");
  EXPECT_EQ((*jobs)[1].id, "last");
}

TEST(JobList, NamesTheLineThatIsWrong) {
  const auto jobs = ParseJobList("a.wav\tHello.\nb.wav\n", "");
  ASSERT_FALSE(jobs);
  EXPECT_NE(jobs.error().message.find("line 2"), std::string::npos);
}

TEST(JobList, RefusesAListWithoutRecordings) { EXPECT_FALSE(ParseJobList("# nothing\n\n", "")); }

TEST(JobList, NumbersIdsThatOccurTwice) {
  std::vector<Job> jobs = {
      {"x/a.wav", "t", "a"}, {"y/a.wav", "t", "a"}, {"z/a.wav", "t", "a"}, {"a-2.wav", "t", "a-2"}};
  MakeIdsUnique(jobs);
  EXPECT_EQ(jobs[0].id, "a");
  EXPECT_EQ(jobs[1].id, "a-2");
  EXPECT_EQ(jobs[2].id, "a-3");
  EXPECT_EQ(jobs[3].id, "a-2-2");
}

}  // namespace
}  // namespace euphone::cli
