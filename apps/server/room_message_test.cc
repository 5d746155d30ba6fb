#include "server/room_message.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

TEST(RoomMessageTest, EachSaysWhatItIs) {
  const auto join = ParseRoomMessage(R"({"type":"join","learner":"ab","name":"Ana"})");
  ASSERT_TRUE(join);
  EXPECT_EQ(std::get<JoinMessage>(*join).learner, "ab");
  EXPECT_EQ(std::get<JoinMessage>(*join).name, "Ana");
  const auto look = ParseRoomMessage(R"({"type":"look","name":"Teacher"})");
  ASSERT_TRUE(look);
  EXPECT_EQ(std::get<LookMessage>(*look).name, "Teacher");
  const auto watch = ParseRoomMessage(R"({"type":"watch","desk":"12"})");
  ASSERT_TRUE(watch);
  EXPECT_EQ(std::get<WatchMessage>(*watch).desk, "12");
  const auto say = ParseRoomMessage(R"({"type":"say","text":"Slower.","word":3})");
  ASSERT_TRUE(say);
  EXPECT_EQ(std::get<Advice>(*say).text, "Slower.");
  EXPECT_EQ(std::get<Advice>(*say).word, 3);
  EXPECT_LT(std::get<Advice>(*ParseRoomMessage(R"({"type":"say","text":"Slower."})")).word, 0);
}

TEST(RoomMessageTest, WhatMakesNoSenseIsToldInOneLine) {
  const std::string long_name(201, 'a'), long_text(2001, 'a');
  for (const std::string& wrong :
       {std::string(), std::string("[]"), std::string("{"), std::string(R"({"type":"other"})"),
        std::string(R"({"type":"say"})"), std::string(R"({"type":"say","text":""})"),
        std::string(R"({"type":"say","text":"a","word":-1})"),
        std::string(R"({"type":"say","text":"a","word":1e9})"),
        std::string(R"({"type":"join","name":7})"),
        R"({"type":"look","name":")" + long_name + "\"}",
        R"({"type":"say","text":")" + long_text + "\"}"}) {
    const auto message = ParseRoomMessage(wrong);
    ASSERT_FALSE(message) << wrong;
    EXPECT_EQ(message.error().message.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace euphone::server
