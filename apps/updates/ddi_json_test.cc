#include "updates/ddi_json.h"

#include <gtest/gtest.h>

namespace euphone::updates {
namespace {

TEST(DdiPoll, SaysWhenToAskAgainAndWhatToDo) {
  const auto poll = ParsePoll(
      R"({"config":{"polling":{"sleep":"00:05:30"}},"_links":{)"
      R"("deploymentBase":{"href":"https://h/t/controller/v1/pi/deploymentBase/3?c=-1"}}})");
  ASSERT_TRUE(poll);
  EXPECT_EQ(poll->sleep.count(), 330);
  EXPECT_EQ(poll->deployment, "https://h/t/controller/v1/pi/deploymentBase/3?c=-1");
  EXPECT_TRUE(poll->cancel.empty());
}

TEST(DdiPoll, NeverSleepsForEverOrNotAtAll) {
  const auto sleep = [](const std::string& text) {
    const auto poll = ParsePoll(R"({"config":{"polling":{"sleep":")" + text + R"("}}})");
    return poll ? poll->sleep.count() : -1;
  };
  EXPECT_EQ(sleep("00:00:00"), 1);
  EXPECT_EQ(sleep("99999:00:00"), 86400);
  for (const char* text : {"", "5", "00:05", "00:05:30 ", "-1:00:00", "x"})
    EXPECT_EQ(sleep(text), -1) << text;
  EXPECT_FALSE(ParsePoll("<html>Log in</html>"));
  EXPECT_FALSE(ParsePoll("[]"));
}

TEST(DdiDeployment, NamesModulesAndTheirFiles) {
  const auto deployment = ParseDeployment(
      R"({"id":"8","deployment":{"download":"forced","update":"skip","chunks":[{"part":"bApp",)"
      R"("name":"en-us-tiny","version":"9.0.0","artifacts":[{"filename":"timestamp.json","size":5,)"
      R"("hashes":{"sha256":"ab"},"_links":{"download-http":{"href":"http://h/x"}}}]}]}})");
  ASSERT_TRUE(deployment);
  EXPECT_EQ(deployment->id, "8");
  EXPECT_EQ(deployment->download, DdiHandling::kForced);
  EXPECT_EQ(deployment->update, DdiHandling::kSkip);
  ASSERT_EQ(deployment->modules.size(), 1);
  EXPECT_EQ(deployment->modules[0].name, "en-us-tiny");
  EXPECT_EQ(deployment->modules[0].artifacts.at(0).urls, std::vector<std::string>{"http://h/x"});
}

TEST(DdiDeployment, RefusesWhatHasNoIdNoChunkOrAFileWithoutALink) {
  for (
      const char* text :
      {"", "{}", R"({"id":"8","deployment":{"chunks":[]}})",
       R"({"id":"8","deployment":{"chunks":[{"name":"x"}]}})",
       R"({"id":"8","deployment":{"chunks":[{"name":"x","version":"1","artifacts":[{"filename":"a","size":1}]}]}})",
       R"({"deployment":{"chunks":[{"name":"x","version":"1"}]}})"})
    EXPECT_FALSE(ParseDeployment(text)) << text;
}

TEST(DdiCancel, NamesTheActionToStop) {
  EXPECT_EQ(ParseCancel(R"({"id":"11","cancelAction":{"stopId":"8"}})").value(), "8");
  EXPECT_EQ(ParseCancel(R"({"id":11,"cancelAction":{"stopId":8}})").value(), "8");
  EXPECT_FALSE(ParseCancel(R"({"id":"11"})"));
}

TEST(DdiFeedback, IsWrittenAsHawkbitReadsIt) {
  EXPECT_EQ(
      ToJson({.execution = "closed", .finished = "failure", .details = {"no \"such\" release"}},
             "8", 1790000000),
      R"({"id":"8","time":"20260921T141320","status":{"execution":"closed","result":{"finished":"failure"},"details":["no \"such\" release"]}})");
  EXPECT_EQ(
      ToJson({.count = 1, .of = 2}, "8", 0),
      R"({"id":"8","time":"19700101T000000","status":{"execution":"proceeding","result":{"finished":"none","progress":{"cnt":1,"of":2}},"details":[]}})");
  EXPECT_NE(ToJson({.details = {std::string(600, 'x') + "\xff"}}, "8", 0).size(), 0);
  EXPECT_EQ(AttributesJson({{"euphone", "0.1.0"}}),
            R"({"mode":"merge","data":{"euphone":"0.1.0"}})");
}

}  // namespace
}  // namespace euphone::updates
