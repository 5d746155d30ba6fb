#include "llm/chat_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace euphone::llm {
namespace {

using Json = nlohmann::json;

TEST(RequestBody, HoldsWhatWasAskedForAndNothingElse) {
  ChatRequest request{
      .messages = {{.role = Role::kSystem, .content = "Teach."}, {.content = "th?"}}};
  EXPECT_EQ(Json::parse(*RequestBody(request, "m", false)),
            Json::parse(R"({"model": "m", "stream": true, "messages": [
              {"role": "system", "content": "Teach."}, {"role": "user", "content": "th?"}]})"));
  request.messages = {{.role = Role::kAssistant,
                       .content = "",
                       .tool_calls = {{.id = "c1", .name = "look", .arguments = "{\"w\":1}"}}},
                      {.role = Role::kTool, .content = "found", .tool_call_id = "c1"}};
  request.tools = {
      {.name = "look", .description = "Looks.", .parameters = R"({"type": "object"})"}};
  request.response_schema = R"({"type": "object"})";
  request.temperature = 0.5;
  request.top_p = 0.9;
  request.max_tokens = 10;
  request.seed = 7;
  request.stop = {"END"};
  EXPECT_EQ(Json::parse(*RequestBody(request, "m", true)), Json::parse(R"({
    "model": "m", "stream": true, "stream_options": {"include_usage": true},
    "messages": [
      {"role": "assistant", "content": "",
       "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\"w\":1}"}}]},
      {"role": "tool", "content": "found", "tool_call_id": "c1"}],
    "tools": [{"type": "function", "function": {"name": "look", "description": "Looks.", "parameters": {"type": "object"}}}],
    "response_format": {"type": "json_schema",
                        "json_schema": {"name": "reply", "strict": true, "schema": {"type": "object"}}},
    "temperature": 0.5, "top_p": 0.9, "max_tokens": 10, "seed": 7, "stop": ["END"]})"));
}

TEST(RequestBody, IsJsonWhateverBytesATextHas) {
  const auto body = RequestBody({.messages = {{.content = "a\xFF\033\"\n"}}}, "m", false);
  ASSERT_TRUE(body);
  EXPECT_TRUE(Json::accept(*body));
}

TEST(RequestBody, RefusesASchemaThatIsNone) {
  ChatRequest request;
  request.response_schema = "{";
  EXPECT_FALSE(RequestBody(request, "m", false));
}

TEST(ReplyBuilder, JoinsTheTextOfChunks) {
  ReplyBuilder builder(100);
  EXPECT_EQ(*builder.AddChunk(
                R"({"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]})"),
            "");
  EXPECT_EQ(
      *builder.AddChunk(R"({"choices": [{"delta": {"content": "Hel"}, "finish_reason": null}]})"),
      "Hel");
  EXPECT_EQ(*builder.AddChunk(R"({"choices": [{"delta": {"content": "lo"}}]})"), "lo");
  EXPECT_FALSE(builder.finished());
  EXPECT_EQ(*builder.AddChunk(R"({"choices": [{"delta": {}, "finish_reason": "stop"}]})"), "");
  EXPECT_TRUE(builder.finished());
  EXPECT_EQ(*builder.AddChunk(
                R"({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}})"),
            "");
  const ChatReply reply = builder.Take(true);
  EXPECT_EQ(reply.text, "Hello");
  EXPECT_EQ(reply.finish_reason, "stop");
  EXPECT_EQ(reply.usage->prompt_tokens, 5);
  EXPECT_EQ(reply.usage->completion_tokens, 2);
}

TEST(ReplyBuilder, AssemblesToolCallsFromTheirDeltas) {
  ReplyBuilder builder(1000);
  for (
      const char* calls :
      {R"([{"index": 0, "id": "a", "type": "function", "function": {"name": "look", "arguments": ""}}])",
       R"([{"index": 0, "function": {"arguments": "{\"wo"}}])",
       R"([{"index": 1, "id": "b", "function": {"name": "drill", "arguments": "{}"}}])",
       R"([{"index": 0, "function": {"arguments": "rd\":\"x\"}"}}])"})
    ASSERT_TRUE(builder.AddChunk(R"({"choices": [{"delta": {"tool_calls": )" + std::string(calls) +
                                 "}}]}"));
  EXPECT_TRUE(builder.has_content());
  const ChatReply reply = builder.Take(true);
  ASSERT_EQ(reply.tool_calls.size(), 2U);
  EXPECT_EQ(reply.tool_calls[0].id, "a");
  EXPECT_EQ(reply.tool_calls[0].name, "look");
  EXPECT_EQ(reply.tool_calls[0].arguments, R"({"word":"x"})");
  EXPECT_EQ(reply.tool_calls[1].name, "drill");
}

TEST(ReplyBuilder, TakesCallsWithoutIndexOrIdAndWithAnObject) {
  ReplyBuilder builder(1000);
  ASSERT_TRUE(builder.AddChunk(
      R"({"choices": [{"delta": {"tool_calls": [{"function": {"name": "a", "arguments": {"x": 1}}},
                                                {"function": {"name": "b", "arguments": "{}"}}]}}]})"));
  const ChatReply reply = builder.Take(true);
  ASSERT_EQ(reply.tool_calls.size(), 2U);
  EXPECT_EQ(reply.tool_calls[0].arguments, R"({"x":1})");
  EXPECT_NE(reply.tool_calls[0].id, reply.tool_calls[1].id);
}

TEST(ReplyBuilder, LeavesThoughtsOutAndKnowsThatTheyCame) {
  ReplyBuilder builder(100);
  ASSERT_TRUE(builder.AddChunk(R"({"choices": [{"delta": {"role": "assistant"}}]})"));
  EXPECT_FALSE(builder.begun());
  EXPECT_EQ(*builder.AddChunk(R"({"choices": [{"delta": {"reasoning_content": "Hm."}}]})"), "");
  EXPECT_TRUE(builder.begun());
  EXPECT_FALSE(builder.has_content());
}

TEST(ReplyBuilder, GivesNoCallOfAReplyThatIsNotWhole) {
  ReplyBuilder builder(1000);
  ASSERT_TRUE(builder.AddChunk(
      R"({"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"name": "a", "arguments": "{"}}]}}]})"));
  EXPECT_TRUE(builder.Take(false).tool_calls.empty());
}

TEST(ReplyBuilder, TakesAWholeReply) {
  ReplyBuilder builder(100);
  EXPECT_EQ(
      *builder.AddWhole(
          R"({"choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "length"}]})"),
      "Hi");
  EXPECT_EQ(builder.Take(true).finish_reason, "length");
}

TEST(ReplyBuilder, TellsWhatAnErrorInTheStreamSays) {
  for (const char* chunk :
       {R"({"error": {"message": "out of memory", "code": 500}})", R"({"error": "out of memory"})",
        R"({"text": "out of memory", "error_code": 50002})",
        R"({"object": "error", "message": "out of memory"})"}) {
    const auto text = ReplyBuilder(100).AddChunk(chunk);
    ASSERT_FALSE(text) << chunk;
    EXPECT_NE(text.error().message.find("out of memory"), std::string::npos)
        << text.error().message;
  }
}

TEST(ReplyBuilder, RefusesWhatIsNoReply) {
  for (const char* chunk : {"", "[]", "{", "{}", "null", R"({"choices": {}})", "<html>\033[31m",
                            "{\"choices\": \"\xFF\"}"}) {
    const auto text = ReplyBuilder(100).AddChunk(chunk);
    ASSERT_FALSE(text) << chunk;
    EXPECT_EQ(text.error().code, Errc::kCorrupt);
    EXPECT_EQ(text.error().message.find('\033'), std::string::npos);
  }
  for (const char* chunk :
       {R"({"choices": [null]})", R"({"choices": [{"delta": []}]})",
        R"({"choices": [{"delta": {"content": 7, "tool_calls": [null, 3, {"function": []}]}}]})"})
    EXPECT_TRUE(ReplyBuilder(1000).AddChunk(chunk)) << chunk;
}

TEST(ReplyBuilder, RefusesMoreThanIsTaken) {
  ReplyBuilder builder(10);
  ASSERT_TRUE(builder.AddChunk(R"({"choices": [{"delta": {"content": "12345678"}}]})"));
  const auto text = builder.AddChunk(R"({"choices": [{"delta": {"content": "9ab"}}]})");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::kTooLarge);
  EXPECT_EQ(builder.Take(false).text, "12345678");
}

TEST(ErrorText, FindsTheMessageHoweverItIsWritten) {
  EXPECT_EQ(ErrorText(R"({"error": {"message": "bad\nkey"}})"), "bad key");
  EXPECT_EQ(ErrorText(R"({"error": "no model"})"), "no model");
  EXPECT_EQ(ErrorText(R"({"object": "error", "message": "no model", "code": 40301})"), "no model");
  EXPECT_EQ(ErrorText(R"({"detail": "Not Found"})"), "Not Found");
  EXPECT_EQ(ErrorText(R"({"detail": {"error": {"message": "", "code": "invalid_api_key"}}})"),
            "invalid_api_key");
  EXPECT_EQ(ErrorText("<h1>Bad\r\nGateway</h1>"), "<h1>Bad Gateway</h1>");
  EXPECT_EQ(ErrorText(""), "");
}

}  // namespace
}  // namespace euphone::llm
