#include "llm/llm_config.h"

#include <gtest/gtest.h>

namespace euphone::llm {
namespace {

using std::chrono::milliseconds;

TEST(LlmSettings, AreReadWhole) {
  const auto settings =
      ParseLlmSettings(R"({"url": "http://127.0.0.1:8000/v1", "model": "m", "key_file": "k",
    "redact": false, "plain_http_anywhere": true, "retries": 0, "max_reply_bytes": 2048, "token_budget": 0,
    "seconds": {"connect": 1, "first_token": 2.5, "between_tokens": 3, "reply": 4, "longest_pause": 5}})");
  ASSERT_TRUE(settings) << settings.error().message;
  const LlmConfig& config = settings->config;
  EXPECT_EQ(config.base_url, "http://127.0.0.1:8000/v1");
  EXPECT_EQ(config.model, "m");
  EXPECT_EQ(settings->key_file, "k");
  EXPECT_FALSE(settings->redact);
  EXPECT_TRUE(config.plain_http_anywhere);
  EXPECT_EQ(config.retries, 0);
  EXPECT_EQ(config.max_reply_bytes, 2048U);
  EXPECT_EQ(config.token_budget, 0);
  EXPECT_EQ(config.connect_timeout, milliseconds(1000));
  EXPECT_EQ(config.first_token_timeout, milliseconds(2500));
  EXPECT_EQ(config.longest_pause, milliseconds(5000));
}

TEST(LlmSettings, HideNamesAndKeepToPrivateNetworksUnlessToldOtherwise) {
  const auto settings = ParseLlmSettings("{}");
  ASSERT_TRUE(settings);
  EXPECT_TRUE(settings->redact);
  EXPECT_FALSE(settings->config.plain_http_anywhere);
  EXPECT_TRUE(settings->config.base_url.empty());
}

TEST(LlmSettings, RefuseWhatIsNone) {
  for (const char* json :
       {"", "[]", "{", R"({"url": 7})", R"({"retries": -1})", R"({"retries": 1.5})",
        R"({"max_reply_bytes": 1})", R"({"redact": 1})", R"({"seconds": 5})",
        R"({"seconds": {"reply": 0}})", R"({"seconds": {"reply": 0.0001}})",
        R"({"seconds": {"replies": 1}})", R"({"nobody": 1})"}) {
    const auto settings = ParseLlmSettings(json);
    ASSERT_FALSE(settings) << json;
    EXPECT_EQ(settings.error().code, Errc::kInvalidArgument);
  }
}

TEST(LlmSettings, RefuseAKeyInTheDocument) {
  const auto settings = ParseLlmSettings(R"({"key": "sk-secret"})");
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("key_file"), std::string::npos);
  EXPECT_EQ(settings.error().message.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace euphone::llm
