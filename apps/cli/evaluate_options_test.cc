#include "evaluate_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SpeakersTest, ALineEachOrAJsonListGiveTheSame) {
  for (const char* content : {"7\n12\n", "# test half\r\n\r\n 12 \r\n7", R"(["12", "7"])",
                              "[\n  \"7\",\n  \"12\"\n]\n"}) {
    const auto speakers = ParseSpeakers(content, "names");
    ASSERT_TRUE(speakers) << content;
    EXPECT_THAT(*speakers, ElementsAre("12", "7")) << content;
  }
}

TEST(SpeakersTest, WhatNamesNobodyIsRefused) {
  for (const auto& [content, part] :
       std::vector<std::pair<std::string, std::string>>{{"", "names: names no speaker"},
                                                        {"# 7\n", "names no speaker"},
                                                        {"[]", "names no speaker"},
                                                        {"[7]", "a speaker is no text"},
                                                        {"[\"7\"", "is no JSON list"}}) {
    const auto speakers = ParseSpeakers(content, "names");
    ASSERT_FALSE(speakers) << content;
    EXPECT_THAT(speakers.error().message, HasSubstr(part));
  }
}

TEST(EvaluateOptionsTest, FiguresNeedAPlaceToGo) {
  EvaluateOptions options;
  EXPECT_THAT(Contradiction(options), HasSubstr("--out"));
  options.json = true;
  EXPECT_EQ(Contradiction(options), "");
  options.report = "no/such/folder/report.html";
  EXPECT_THAT(Contradiction(options), HasSubstr("--report: there is no folder no/such/folder"));
}

TEST(EvaluateOptionsTest, TheLimitTakesTheFirstRecordings) {
  EvaluateOptions options;
  std::vector<RatedRecording> recordings(5);
  recordings[1].utt = "second";
  EXPECT_EQ(Chosen(recordings, options)->size(), 5u);
  options.limit = 2;
  EXPECT_EQ(Chosen(recordings, options)->back().utt, "second");
}

}  // namespace
}  // namespace euphone::cli
