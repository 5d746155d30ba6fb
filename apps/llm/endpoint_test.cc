#include "llm/endpoint.h"

#include <gtest/gtest.h>

namespace euphone::llm {
namespace {

TEST(Endpoint, ReadsTheBaseOfAServer) {
  const auto plain = ParseEndpoint("http://127.0.0.1:8000/v1/");
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->host, "127.0.0.1");
  EXPECT_EQ(plain->port, 8000);
  EXPECT_EQ(plain->path, "/v1/chat/completions");
  EXPECT_EQ(plain->Authority(), "127.0.0.1:8000");
  const auto secure = ParseEndpoint("https://llm.example/api/openai");
  ASSERT_TRUE(secure);
  EXPECT_TRUE(secure->tls);
  EXPECT_EQ(secure->port, 443);
  EXPECT_EQ(secure->path, "/api/openai/chat/completions");
  EXPECT_EQ(secure->Authority(), "llm.example");
  const auto six = ParseEndpoint("http://[::1]:11434");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->Authority(), "[::1]:11434");
  EXPECT_EQ(six->path, "/v1/chat/completions");
  EXPECT_EQ(ParseEndpoint("http://a/v1/chat/completions")->path, "/v1/chat/completions");
}

TEST(Endpoint, RefusesWhatIsNoBase) {
  for (const char* url :
       {"", "127.0.0.1:8000", "ftp://a/v1", "http://", "http://a:0", "http://a:70000", "http://a:x",
        "http://a:", "http://me:secret@a/v1", "http://a/v1?key=x", "http://a/v1#x", "http://a/ v1",
        "http://a/\r\nHost: b", "http://[::1", "http://[::1]x", "http://ä/v1"}) {
    const auto endpoint = ParseEndpoint(url);
    ASSERT_FALSE(endpoint) << url;
    EXPECT_EQ(endpoint.error().code, Errc::kInvalidArgument);
    EXPECT_EQ(endpoint.error().message.find('\n'), std::string::npos);
  }
}

}  // namespace
}  // namespace euphone::llm
