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

TEST(JobList, LeavesTextsOutOnlyOfFreeSpeech) {
  const std::string list = "a.wav\nb.wav\t\tlast\nc.wav\tHello.\n";
  EXPECT_FALSE(ParseJobList(list, ""));
  const auto jobs = ParseJobList(list, "", /*free=*/true);
  ASSERT_TRUE(jobs) << jobs.error().message;
  EXPECT_EQ((*jobs)[0].text, "");
  EXPECT_EQ((*jobs)[0].id, "a");
  EXPECT_EQ((*jobs)[1].text, "");
  EXPECT_EQ((*jobs)[1].id, "last");
  EXPECT_EQ((*jobs)[2].text, "Hello.");
  EXPECT_FALSE(ParseJobList("\tHello.\n", "", true));
}

TEST(JobList, RefusesAListWithoutRecordings) { EXPECT_FALSE(ParseJobList("# nothing\n\n", "")); }

TEST(JobList, PassesOverAByteOrderMark) {
  const auto jobs = ParseJobList(
      "\xEF\xBB\xBF"
      "a.wav\tHello.\n",
      "/data");
  ASSERT_TRUE(jobs) << jobs.error().message;
  EXPECT_EQ((*jobs)[0].audio, "/data/a.wav");
  EXPECT_EQ(ParseJobList("\xEF\xBB\xBF# list\na.wav\tHello.\n", "")->size(), 1u);
}

TEST(JobList, SaysWhichLineATextComesFrom) {
  EXPECT_EQ((*ParseJobList("# list\na.wav\tHello.\n", ""))[0].text_name, "line 2");
}

TEST(JobList, ReadsStandardInputOnce) {
  const auto jobs = ParseJobList("-\tHello.\na.wav\tBye.\n", "/data");
  ASSERT_TRUE(jobs) << jobs.error().message;
  EXPECT_EQ((*jobs)[0].audio, "-");
  EXPECT_EQ((*jobs)[0].id, "stdin");
  const auto twice = ParseJobList("-\tHello.\na.wav\tBye.\n-\tHi.\n", "");
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("line 3"), std::string::npos);
  EXPECT_NE(twice.error().message.find("line 1"), std::string::npos);
}

std::vector<Job> WithIds(const std::vector<std::string>& ids) {
  std::vector<Job> jobs(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) jobs[i].id = ids[i];
  return jobs;
}

TEST(JobList, NumbersIdsThatOccurTwice) {
  auto jobs = WithIds({"a", "a", "a", "a-2"});
  MakeIdsUnique(jobs);
  EXPECT_EQ(jobs[0].id, "a");
  EXPECT_EQ(jobs[1].id, "a-2");
  EXPECT_EQ(jobs[2].id, "a-3");
  EXPECT_EQ(jobs[3].id, "a-2-2");
}

TEST(JobList, GivesEveryIdAFileOfItsOwn) {
  auto jobs = WithIds({"a/b", "a_b", "a\nb", "..", std::string(300, 'x'), std::string(301, 'x')});
  NameFiles(jobs);
  EXPECT_EQ(jobs[0].file_name, "a_b");
  EXPECT_EQ(jobs[1].file_name, "a_b-2");
  EXPECT_EQ(jobs[2].file_name, "a_b-3");
  EXPECT_EQ(jobs[3].file_name, "..");
  EXPECT_EQ(jobs[4].file_name, std::string(200, 'x'));
  EXPECT_EQ(jobs[5].file_name, std::string(200, 'x').append("-2"));
}

}  // namespace
}  // namespace euphone::cli
