#include "hub/hub_site.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace euphone::hub {
namespace {

using server::Method;
using server::Request;
using server::Response;

/// What the desk says is scripted: any token but "good" is unknown.
class HubSiteTest : public ::testing::Test {
 protected:
  HubSiteParts Parts() {
    return {.ask =
                [this](const std::string& token, const std::string& verb, const std::string& body) {
                  asked_ = token + " " + verb + " " + body;
                  if (token != "good" && token != "admin.1") return Error("not_admitted");
                  if (verb == "hub.metrics")
                    return std::string(R"({"reply":{"text":"devices 2\n"}})");
                  if (verb == "hub.status") return std::string(R"({"reply":{"devices":2}})");
                  return verb == "noise" ? std::string("?") : Error(verb);
                },
            .version = "1.2.3",
            .code = "c0de",
            .token = "admin.1"};
  }
  static std::string Error(const std::string& code) {
    return nlohmann::json{{"error", {{"code", code}, {"message", "why"}}}}.dump();
  }
  void Open(const server::Listening& listening = {}) {
    site_ = std::make_unique<HubSite>(Parts(), listening);
  }
  static Request Post(const std::string& path, const std::string& body,
                      const std::string& token = "good") {
    Request request{
        .method = Method::kPost,
        .path = path,
        .headers = {{"host", "localhost:8766"}, {"content-length", std::to_string(body.size())}},
        .body = body,
        .client = "127.0.0.1"};
    if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
    return request;
  }
  static Request Get(const std::string& path) {
    return {.path = path, .headers = {{"host", "localhost:8766"}}, .client = "127.0.0.1"};
  }
  Response Answer(Request request) {
    auto admission = site_->Admit(request);
    if (admission.refusal) return *std::move(admission.refusal);
    return admission.route->handle(request);
  }

  std::string asked_;
  std::unique_ptr<HubSite> site_;
};

TEST_F(HubSiteTest, TheDesksReplyIsTheAnswer) {
  Open();
  const Response response = Answer(Post("/api/v1/fleet/hub.status", R"({"a":1})"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"devices\":2}\n");
  EXPECT_EQ(asked_, R"(good hub.status {"a":1})");
}

TEST_F(HubSiteTest, WhatTheDeskRefusesHasTheStatusThatFits) {
  Open();
  for (const auto& [code, status] :
       {std::pair{"not_allowed", 403}, std::pair{"unknown_verb", 404}, std::pair{"not_found", 404},
        std::pair{"unsupported", 409}, std::pair{"too_large", 413}, std::pair{"invalid", 422},
        std::pair{"unavailable", 503}, std::pair{"noise", 503}}) {
    const Response response = Answer(Post(std::string("/api/v1/fleet/") + code, "{}"));
    EXPECT_EQ(response.status, status) << code;
    EXPECT_TRUE(nlohmann::json::parse(response.body)["error"]["message"].is_string());
  }
  EXPECT_EQ(Answer(Post("/api/v1/fleet/hub.status", "{}", "bad")).status, 401);
}

TEST_F(HubSiteTest, WithoutATokenTheDeskIsNotEvenAsked) {
  Open();
  const Response response = Answer(Post("/api/v1/fleet/hub.status", "{}", ""));
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(asked_, "");
}

TEST_F(HubSiteTest, TheLinkWorksOnce) {
  Open();
  EXPECT_EQ(Answer(Post("/api/v1/enter", R"({"code":"other"})", "")).status, 401);
  EXPECT_EQ(Answer(Post("/api/v1/enter", R"({"code":7})", "")).status, 422);
  EXPECT_EQ(Answer(Post("/api/v1/enter", "[]", "")).status, 422);
  const Response first = Answer(Post("/api/v1/enter", R"({"code":"c0de"})", ""));
  EXPECT_EQ(first.body, "{\"token\":\"admin.1\"}\n");
  EXPECT_EQ(Answer(Post("/api/v1/enter", R"({"code":"c0de"})", "")).status, 401);
  EXPECT_EQ(Answer(Post("/api/v1/enter", R"({"code":""})", "")).status, 401);
}

TEST_F(HubSiteTest, MetricsAreForThisDeviceOrWhoHasAToken) {
  server::Listening listening;
  listening.lan = true;
  Open(listening);
  EXPECT_EQ(Answer(Get("/metrics")).status, 200);
  Request far = Get("/metrics");
  far.client = "192.0.2.7";
  EXPECT_EQ(Answer(far).status, 401);
  far.headers.emplace_back("authorization", "Bearer bad");
  EXPECT_EQ(Answer(far).status, 401);
  far.headers.back().second = "Bearer good";
  EXPECT_EQ(Answer(far).body, "devices 2\n");
  Request proxied = Get("/metrics");
  proxied.headers.emplace_back("x-forwarded-for", "192.0.2.7");
  EXPECT_EQ(Answer(proxied).status, 401);
}

TEST_F(HubSiteTest, ItSaysThatItIsAHubAndServesItsOwnPage) {
  Open();
  EXPECT_TRUE(nlohmann::json::parse(Answer(Get("/api/v1/version")).body)["hub"].get<bool>());
  EXPECT_EQ(Answer(Get("/")).status, 200);
  const auto description = nlohmann::json::parse(Answer(Get("/api")).body);
  EXPECT_TRUE(description["paths"].contains("/api/v1/fleet/hub.status"));
  for (const char* path : {"/index.html", "/sw.js", "/fleet.html", "/api/v1/lessons"})
    EXPECT_EQ(Answer(Get(path)).status, 404) << path;
}

TEST_F(HubSiteTest, OtherSitesPagesNamesAndLongBodiesAreTurnedAway) {
  Open();
  Request request = Post("/api/v1/fleet/hub.status", "{}");
  request.headers.emplace_back("origin", "http://evil.example");
  EXPECT_EQ(Answer(request).status, 403);
  request = Get("/api/v1/version");
  request.headers[0].second = "evil.example";
  EXPECT_EQ(Answer(request).status, 421);
  request = Post("/api/v1/fleet/rollouts.submit", "{}");
  request.headers[1].second = "2000000";
  EXPECT_EQ(Answer(request).status, 413);
  request.path = "/api/v1/fleet/repository.put";
  EXPECT_NE(Answer(request).status, 413);
  EXPECT_EQ(asked_.substr(0, 19), "good repository.put");
}

}  // namespace
}  // namespace euphone::hub
