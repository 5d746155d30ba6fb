#include "server/router.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

Router TwoRoutes() {
  Router router;
  router.Add({.pattern = "/a/{name}/audio",
              .handle = [](const Request& r) { return Response{.body = r.place("name")}; }});
  router.Add({.method = Method::kPost, .pattern = "/a", .handle = [](const Request&) {
                return Response{.status = 201};
              }});
  return router;
}

Router::Match Found(const Router& router, Method method, const char* path, Request* out = nullptr) {
  Request request{.method = method, .path = path};
  Router::Match match = router.Find(request);
  if (out != nullptr) *out = request;
  return match;
}

TEST(RouterTest, APlaceTakesOneDecodedSegment) {
  const Router router = TwoRoutes();
  Request request;
  const auto match = Found(router, Method::kGet, "/a/b%20c/audio", &request);
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->handle(request).body, "b c");
  EXPECT_EQ(Found(router, Method::kGet, "/a/b/c/audio").status, 404);
  EXPECT_EQ(Found(router, Method::kGet, "/a//audio").status, 404);
}

TEST(RouterTest, HeadIsAnsweredWhereGetIs) {
  EXPECT_NE(Found(TwoRoutes(), Method::kHead, "/a/b/audio").status, 405);
  EXPECT_EQ(Found(TwoRoutes(), Method::kHead, "/a").status, 405);
}

TEST(RouterTest, AnotherMethodIsToldWhichOnesThereAre) {
  const auto match = Found(TwoRoutes(), Method::kGet, "/a");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.status, 405);
  EXPECT_EQ(match.allowed, "POST");
}

TEST(RouterTest, APathThatIsSpelledOutIsNotForAPlaceInEitherOrder) {
  const Route place{.method = Method::kDelete, .pattern = "/a/{name}"};
  const Route spelled{.method = Method::kPost, .pattern = "/a/delete"};
  for (const auto& routes : {std::vector{place, spelled}, std::vector{spelled, place}}) {
    Router router;
    for (const Route& route : routes) router.Add(route);
    EXPECT_EQ(Found(router, Method::kPost, "/a/delete").route->pattern, "/a/delete");
    const auto refused = Found(router, Method::kDelete, "/a/delete");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.allowed, "POST");
    EXPECT_EQ(Found(router, Method::kDelete, "/a/other").route->pattern, "/a/{name}");
  }
}

TEST(RouterTest, WhatIsNoPathIsABadRequest) {
  EXPECT_EQ(Found(TwoRoutes(), Method::kGet, "/a/../b").status, 400);
}

}  // namespace
}  // namespace euphone::server
