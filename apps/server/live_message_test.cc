#include "server/live_message.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

std::vector<LessonPack> OneLesson() {
  LessonPack pack;
  pack.name = "everyday";
  LessonItem& item = pack.items.emplace_back();
  item.id = "hello";
  item.text = "Good morning!";
  return {pack};
}

TEST(LiveMessageTest, AStartNamesATextOrASentenceOfALesson) {
  const auto text = ParseLiveMessage(R"({"type":"start","text":"I think.","rate":48000})", {});
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(std::get<LiveOrder>(*text).text, "I think.");
  EXPECT_EQ(std::get<LiveOrder>(*text).rate, SampleRate{48000});
  const auto item =
      ParseLiveMessage(R"({"type":"start","lesson":"everyday","item":"hello"})", OneLesson());
  ASSERT_TRUE(item) << item.error().message;
  EXPECT_EQ(std::get<LiveOrder>(*item).text, "Good morning!");
  EXPECT_EQ(std::get<LiveOrder>(*item).rate, kRecordingRate);
}

TEST(LiveMessageTest, ResumeNamesASessionAndTheLastEvent) {
  const auto message = ParseLiveMessage(R"({"type":"resume","session":"ab","after":17})", {});
  ASSERT_TRUE(message);
  EXPECT_EQ(std::get<ResumeMessage>(*message).session, "ab");
  EXPECT_EQ(std::get<ResumeMessage>(*message).after, 17U);
  EXPECT_TRUE(ParseLiveMessage(R"({"type":"stop"})", {}));
  EXPECT_TRUE(ParseLiveMessage(R"({"type":"leave"})", {}));
}

TEST(LiveMessageTest, WhatMakesNoSenseIsToldInOneLine) {
  for (const char* wrong :
       {"", "[]", "1", "{", R"({"type":1})", R"({"type":"other"})", R"({"type":"start"})",
        R"({"type":"start","text":"a","lesson":"everyday","item":"hello"})",
        R"({"type":"start","lesson":"everyday","item":"none"})",
        R"({"type":"start","lesson":"none","item":"hello"})",
        R"({"type":"start","text":"a","rate":100})", R"({"type":"start","text":"a","rate":1e9})",
        R"({"type":"start","text":"a","rate":"16000"})",
        R"({"type":"start","text":"a","format":"mp3"})", R"({"type":"resume"})",
        R"({"type":"resume","session":"ab","after":-1})",
        R"({"type":"resume","session":"ab","after":"1"})"}) {
    const auto message = ParseLiveMessage(wrong, OneLesson());
    ASSERT_FALSE(message) << wrong;
    EXPECT_EQ(message.error().message.find('\n'), std::string::npos);
  }
  const std::string text(20001, 'a');
  EXPECT_FALSE(ParseLiveMessage(R"({"type":"start","text":")" + text + "\"}", {}));
}

TEST(LiveMessageTest, SoundIsPcmOrOpusAtARateThatOpusKnows) {
  const auto opus =
      ParseLiveMessage(R"({"type":"start","text":"a","format":"opus","rate":48000})", {});
  ASSERT_TRUE(opus) << opus.error().message;
  EXPECT_EQ(std::get<LiveOrder>(*opus).format, SoundFormat::kOpus);
  const auto rate =
      ParseLiveMessage(R"({"type":"start","text":"a","format":"opus","rate":44100})", {});
  ASSERT_FALSE(rate);
  EXPECT_EQ(rate.error().code, Errc::kUnsupported);
}

}  // namespace
}  // namespace euphone::server
