#include "mcp/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace euphone::mcp {
namespace {

using ::testing::HasSubstr;

class ProtocolTest : public ::testing::Test {
 protected:
  static Tool Echo() {
    return {.name = "echo",
            .title = "Echo",
            .description = "Says it again.",
            .input = Json::parse(R"({"type": "object", "required": ["word"],
                                     "properties": {"word": {"type": "string"}}})"),
            .output = Json::parse(R"({"type": "object"})"),
            .call = [](const Json& arguments) -> Result<ToolResult> {
              const auto word = arguments["word"].get<std::string>();
              if (word == "bad") return Error{Errc::kNotFound, "no\nsuch word"};
              return ToolResult{word, {{"word", word}}};
            }};
  }

  /// Is offered once `secret` is set; sets it by being called.
  Tool Hidden() {
    Tool tool = Echo();
    tool.name = "hidden";
    tool.keeps = true;
    tool.offered = [this] { return secret_; };
    return tool;
  }

  /// Sets the secret.
  Tool Reveal() {
    Tool tool = Echo();
    tool.name = "reveal";
    tool.call = [this](const Json&) -> Result<ToolResult> {
      secret_ = true;
      return ToolResult{"done", Json::object()};
    };
    return tool;
  }

  Json Only(const std::string& message) {
    const auto replies = server_.Take(message);
    EXPECT_EQ(replies.size(), 1U) << message;
    return replies.empty() ? Json() : Json::parse(replies.front());
  }

  Json Ask(const char* method, Json params = Json::object()) {
    return Only(Json{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}}.dump());
  }

  Json Initialize(const char* version = "2025-06-18") {
    return Ask("initialize", {{"protocolVersion", version}})["result"];
  }

  Json Call(const char* tool, Json arguments) {
    return Ask("tools/call", {{"name", tool}, {"arguments", std::move(arguments)}});
  }

  int Code(const std::string& message) { return Only(message)["error"]["code"].get<int>(); }

  bool secret_ = false;
  Server server_{{"it", "It", "1.2", "Use it."}, {Echo(), Hidden(), Reveal()}};
};

TEST_F(ProtocolTest, AgreesOnTheVersionThatIsAskedForElseOnTheNewest) {
  for (const char* const known : {"2025-06-18", "2025-03-26", "2024-11-05"})
    EXPECT_EQ(Initialize(known)["protocolVersion"], known);
  for (const char* const other : {"2099-01-01", "1.0", ""})
    EXPECT_EQ(Initialize(other)["protocolVersion"], "2025-06-18");
}

TEST_F(ProtocolTest, SaysWhoItIsAndWhatItCan) {
  EXPECT_EQ(Initialize(), Json::parse(R"({"protocolVersion": "2025-06-18",
      "capabilities": {"tools": {"listChanged": true}},
      "serverInfo": {"name": "it", "title": "It", "version": "1.2"}, "instructions": "Use it."})"));
  EXPECT_FALSE(Initialize("2025-03-26")["serverInfo"].contains("title"));
  const Json error = Ask("initialize")["error"];
  EXPECT_EQ(error["code"], -32602);
  EXPECT_THAT(error["message"].get<std::string>(), HasSubstr("protocolVersion"));
}

TEST_F(ProtocolTest, AnswersNothingButPingsBeforeItIsInitialized) {
  EXPECT_EQ(Ask("tools/list")["error"]["code"], -32600);
  EXPECT_EQ(Call("echo", {{"word", "a"}})["error"]["code"], -32600);
  EXPECT_EQ(Ask("ping")["result"], Json::object());
  EXPECT_EQ(Ask("server/discover")["error"]["code"], -32601);
}

TEST_F(ProtocolTest, TellsOfToolsWhatTheVersionHas) {
  Initialize("2025-06-18");
  Json tool = Ask("tools/list")["result"]["tools"][0];
  EXPECT_EQ(tool["name"], "echo");
  EXPECT_EQ(tool["title"], "Echo");
  EXPECT_EQ(tool["outputSchema"]["type"], "object");
  EXPECT_EQ(tool["annotations"]["readOnlyHint"], true);
  Initialize("2025-03-26");
  tool = Ask("tools/list")["result"]["tools"][0];
  EXPECT_TRUE(tool.contains("annotations") && !tool.contains("outputSchema"));
  Initialize("2024-11-05");
  tool = Ask("tools/list")["result"]["tools"][0];
  EXPECT_TRUE(tool.contains("inputSchema") && !tool.contains("annotations"));
  EXPECT_EQ(Ask("tools/list", {{"cursor", "x"}})["error"]["code"], -32602);
}

TEST_F(ProtocolTest, GivesDocumentsBesideTheTextWhereTheVersionHasThem) {
  Initialize();
  EXPECT_EQ(Call("echo", {{"word", "hi"}})["result"], Json::parse(R"({
      "content": [{"type": "text", "text": "hi"}], "structuredContent": {"word": "hi"}})"));
  Initialize("2025-03-26");
  EXPECT_EQ(Call("echo", {{"word", "hi"}})["result"],
            Json::parse(R"({"content": [{"type": "text", "text": "hi"}]})"));
}

TEST_F(ProtocolTest, TellsAToolsErrorAsItsResultInOneLine) {
  Initialize();
  EXPECT_EQ(Call("echo", {{"word", "bad"}})["result"], Json::parse(R"({
      "content": [{"type": "text", "text": "no such word"}], "isError": true})"));
}

TEST_F(ProtocolTest, RefusesCallsThatMakeNoSenseAndNamesTheArgument) {
  Initialize();
  const auto message = [&](const Json& reply) {
    EXPECT_EQ(reply["error"]["code"], -32602);
    return reply["error"]["message"].get<std::string>();
  };
  EXPECT_EQ(message(Call("echo", Json::object())), "echo: 'word' is missing");
  EXPECT_THAT(message(Call("echo", Json::array())), HasSubstr("'arguments'"));
  EXPECT_THAT(message(Call("other", Json::object())), HasSubstr("'name'"));
  EXPECT_THAT(message(Ask("tools/call")), HasSubstr("'name'"));
  EXPECT_THAT(message(Ask("tools/call", Json::array())), HasSubstr("'params'"));
  EXPECT_EQ(message(Ask("tools/call", {{"name", "echo"}})), "echo: 'word' is missing");
}

TEST_F(ProtocolTest, SaysWhenThereAreOtherToolsThanItTold) {
  Initialize();
  EXPECT_EQ(Call("hidden", {{"word", "a"}})["error"]["code"], -32602);
  EXPECT_EQ(Ask("tools/list")["result"]["tools"].size(), 2U);
  const auto replies = server_.Take(
      R"({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "reveal", "arguments": {"word": ""}}})");
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_EQ(Json::parse(replies[1]),
            (Json{{"jsonrpc", "2.0"}, {"method", "notifications/tools/list_changed"}}));
  EXPECT_EQ(Ask("tools/list")["result"]["tools"].size(), 3U);
  EXPECT_EQ(Call("hidden", {{"word", "a"}})["result"]["content"][0]["text"], "a");
}

TEST_F(ProtocolTest, IsSilentOnNotificationsAndReplies) {
  for (const char* const silent :
       {R"({"jsonrpc": "2.0", "method": "notifications/initialized"})",
        R"({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}})",
        R"({"jsonrpc": "2.0", "method": "notifications/of/another/kind", "params": 3})",
        R"({"jsonrpc": "2.0", "method": "tools/list"})",
        R"({"jsonrpc": "2.0", "id": 7, "result": {}})",
        R"({"jsonrpc": "2.0", "id": 7, "error": {"code": 1, "message": ""}})"}) {
    EXPECT_TRUE(server_.Take(silent).empty()) << silent;
  }
}

TEST_F(ProtocolTest, AnswersWhatIsNoMessageAsJsonRpcSays) {
  for (const char* const garbage : {"", "{", "no json", "\xff\xfe", "{} {}", "[1e999]"})
    EXPECT_EQ(Code(garbage), -32700) << garbage;
  for (const char* const wrong :
       {"3", "null", "\"ping\"", "{}", R"({"jsonrpc": "1.0", "id": 1, "method": "ping"})",
        R"({"id": 1, "method": "ping"})", R"({"jsonrpc": "2.0", "id": 1})",
        R"({"jsonrpc": "2.0", "id": 1, "method": 3})",
        R"({"jsonrpc": "2.0", "id": null, "method": "ping"})",
        R"({"jsonrpc": "2.0", "id": 1.5, "method": "ping"})",
        R"({"jsonrpc": "2.0", "id": [1], "method": "ping"})"}) {
    EXPECT_EQ(Code(wrong), -32600) << wrong;
  }
  EXPECT_TRUE(Only("nothing")["id"].is_null());
  EXPECT_EQ(Only(R"({"jsonrpc": "2.0", "id": "a", "method": "x"})")["id"], "a");
  EXPECT_EQ(Json::parse(server_.RefuseLong())["error"]["code"], -32600);
}

TEST_F(ProtocolTest, TakesBatchesOnlyWhereTheVersionHasThem) {
  const char* const kPing = R"({"jsonrpc": "2.0", "id": 1, "method": "ping"})";
  const std::string batch = "[" + std::string(kPing) +
                            R"(, {"jsonrpc": "2.0", "method": "notifications/initialized"}, 3,
                               {"jsonrpc": "2.0", "id": 2, "method": "initialize"}])";
  EXPECT_EQ(Code(batch), -32600);
  for (const char* const without : {"2025-06-18", "2024-11-05"}) {
    Initialize(without);
    EXPECT_EQ(Code(batch), -32600);
  }
  Initialize("2025-03-26");
  const Json answers = Only(batch);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0]["result"], Json::object());
  EXPECT_EQ(answers[1]["error"]["code"], -32600);
  EXPECT_EQ(answers[2]["error"]["code"], -32600);
  EXPECT_EQ(Code("[]"), -32600);
  EXPECT_TRUE(
      server_.Take(R"([{"jsonrpc": "2.0", "method": "notifications/initialized"}])").empty());
}

TEST_F(ProtocolTest, SurvivesDeepNesting) {
  EXPECT_EQ(Code(std::string(100000, '[')), -32700);
  EXPECT_EQ(Code(std::string(100000, '[') + std::string(100000, ']')), -32600);
}

}  // namespace
}  // namespace euphone::mcp
