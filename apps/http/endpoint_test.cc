#include "http/endpoint.h"

#include <gtest/gtest.h>

namespace euphone::http {
namespace {

TEST(Endpoint, ReadsAUrl) {
  const auto plain = ParseUrl("http://127.0.0.1:8000/releases/");
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->host, "127.0.0.1");
  EXPECT_EQ(plain->port, 8000);
  EXPECT_EQ(plain->path, "/releases");
  EXPECT_EQ(plain->Origin(), "http://127.0.0.1:8000");
  EXPECT_EQ(ParseUrl("https://example.org:443")->Origin(),
            ParseUrl("https://example.org/x")->Origin());
  EXPECT_NE(ParseUrl("http://example.org")->Origin(), ParseUrl("https://example.org")->Origin());
}

TEST(Endpoint, TakesAQueryWhereOneIsExpected) {
  const std::string url = "http://a/controller/v1/pi?c=-12";
  EXPECT_FALSE(ParseUrl(url));
  ASSERT_TRUE(ParseUrl(url, Query::kAllowed));
  EXPECT_EQ(ParseUrl(url, Query::kAllowed)->path, "/controller/v1/pi?c=-12");
}

TEST(Endpoint, TellsPrivateAddressesFromOthers) {
  for (const char* address :
       {"127.0.0.1", "127.8.0.1", "10.1.2.3", "172.16.0.1", "172.31.0.1", "192.168.1.1",
        "169.254.0.1", "::1", "fd00::1", "fe80::1%eth0", "::ffff:10.0.0.1"})
    EXPECT_TRUE(IsPrivateAddress(address)) << address;
  for (const char* address :
       {"8.8.8.8", "172.32.0.1", "192.169.0.1", "0.0.0.0", "::", "2001:db8::1", "::ffff:8.8.8.8",
        "localhost", "", "127.0.0.1.example"})
    EXPECT_FALSE(IsPrivateAddress(address)) << address;
}

}  // namespace
}  // namespace euphone::http
