#include "server/origin.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

TEST(OriginTest, OnThisDeviceOnlyItsOwnNamesCount) {
  const HostRule local;
  for (const char* host : {"localhost", "localhost:8765", "127.0.0.1:8765", "LOCALHOST", "[::1]:80",
                           "127.1.2.3", "[::1]"}) {
    EXPECT_TRUE(HostAllowed(host, local)) << host;
  }
  for (const char* host : {"", "evil.example", "evil.example:8765", "localhost.evil.example",
                           "192.168.1.5", "127.0.0.1.evil.example", "localhost:80:80", "[::1",
                           "[::1]x", "localhost:port", "0.0.0.0", "localhost:123456"}) {
    EXPECT_FALSE(HostAllowed(host, local)) << host;
  }
}

TEST(OriginTest, InTheNetworkAddressesCountAndTheDevicesOwnName) {
  const HostRule lan{.lan = true, .hostname = "Kitchen"};
  for (const char* host : {"192.168.1.5:8765", "kitchen", "kitchen.local:8765", "[fe80::1]:8765"})
    EXPECT_TRUE(HostAllowed(host, lan)) << host;
  for (const char* host : {"evil.example", "kitchen.evil.example", "bath.local"})
    EXPECT_FALSE(HostAllowed(host, lan)) << host;
}

Request From(const char* origin) {
  return {.headers = {{"host", "localhost:8765"}, {"origin", origin}}};
}

TEST(OriginTest, PagesOfOtherSitesMayNotAsk) {
  EXPECT_TRUE(OriginAllowed({.headers = {{"host", "localhost:8765"}}}));
  EXPECT_TRUE(OriginAllowed(From("http://localhost:8765")));
  for (const char* origin :
       {"null", "", "http://localhost", "http://127.0.0.1:8765", "https://localhost:8765",
        "http://evil.example", "http://localhost:8765.evil.example"}) {
    EXPECT_FALSE(OriginAllowed(From(origin))) << origin;
  }
}

TEST(OriginTest, ThroughTlsAnOriginMustBeHttps) {
  Request request = From("https://localhost:8765");
  request.secure = true;
  EXPECT_TRUE(OriginAllowed(request));
}

TEST(OriginTest, WhatABrowserCallsCrossSiteIsRefusedUnlessAUserFollowedALink) {
  Request request{.headers = {{"host", "localhost:8765"}, {"sec-fetch-site", "cross-site"}}};
  EXPECT_FALSE(OriginAllowed(request));
  request.headers.emplace_back("sec-fetch-mode", "navigate");
  EXPECT_FALSE(OriginAllowed(request));
  request.headers.emplace_back("sec-fetch-dest", "document");
  EXPECT_TRUE(OriginAllowed(request));
  request.method = Method::kPost;
  EXPECT_FALSE(OriginAllowed(request));
}

TEST(OriginTest, LoopbackIsThisDeviceAlone) {
  EXPECT_TRUE(IsLoopback("127.0.0.53"));
  EXPECT_TRUE(IsLoopback("::1"));
  for (const char* other : {"0.0.0.0", "::", "10.0.0.1", "localhost", "1::1", ""})
    EXPECT_FALSE(IsLoopback(other)) << other;
}

}  // namespace
}  // namespace euphone::server
