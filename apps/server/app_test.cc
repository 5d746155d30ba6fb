#include "server/app.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace euphone::server {
namespace {

class AppTest : public ::testing::Test {
 protected:
  /// No model is opened: nothing here computes.
  void Open(bool lan) {
    Config config;
    config.lan = lan;
    config.keys = std::filesystem::path(::testing::TempDir()) / "euphone-app-test";
    std::filesystem::remove_all(config.keys);
    config.show_code = [this](const std::string& code) { code_ = code; };
    auto app = App::Create({}, config);
    ASSERT_TRUE(app) << app.error().message;
    app_ = *std::move(app);
  }

  static Request Get(const char* path) {
    return {.path = path, .headers = {{"host", "localhost:8765"}}, .client = "127.0.0.1"};
  }

  /// 0: it is let in.
  int StatusOf(Request request) {
    const auto admission = app_->Admit(request);
    return admission.refusal ? admission.refusal->status : 0;
  }

  std::string code_;
  std::unique_ptr<App> app_;
};

TEST_F(AppTest, OnThisDeviceEverythingIsOpenToItself) {
  Open(false);
  for (const char* path :
       {"/", "/api", "/api/v1/health", "/metrics", "/api/v1/live", "/api/v1/room"})
    EXPECT_EQ(StatusOf(Get(path)), 0) << path;
}

TEST_F(AppTest, AnotherHostOrOriginIsTurnedAway) {
  Open(false);
  Request request = Get("/api/v1/health");
  request.headers[0].second = "evil.example";
  EXPECT_EQ(StatusOf(request), 421);
  request = Get("/api/v1/live");
  request.headers.emplace_back("origin", "http://evil.example");
  EXPECT_EQ(StatusOf(request), 403);
}

TEST_F(AppTest, PathsAndMethodsThatAreNotThereAreTold) {
  Open(false);
  EXPECT_EQ(StatusOf(Get("/api/v1/other")), 404);
  EXPECT_EQ(StatusOf(Get("/../etc/passwd")), 400);
  Request request = Get("/api/v1/analyses");
  EXPECT_EQ(StatusOf(request), 405);
  request = Get("/api/v1/live");
  request.method = Method::kPost;
  EXPECT_EQ(StatusOf(request), 405);
}

TEST_F(AppTest, ABodyThatNobodyTakesIsRefusedByItsLength) {
  Open(false);
  Request request = Get("/api/v1/pair");
  request.method = Method::kPost;
  request.headers.emplace_back("content-length", "1025");
  EXPECT_EQ(StatusOf(request), 413);
  request.headers.back().second = "1024";
  EXPECT_EQ(StatusOf(request), 0);
  request.headers.back().second = "99999999999999999999999999";
  EXPECT_NE(StatusOf(request), 500);
}

TEST_F(AppTest, TooManyRequestsAreToldToWait) {
  Open(false);
  int status = 0;
  for (int i = 0; i < 1000 && status == 0; ++i) status = StatusOf(Get("/api/v1/health"));
  EXPECT_EQ(status, 429);
}

TEST_F(AppTest, InTheNetworkOnlyWhoIsPairedGetsIn) {
  Open(true);
  for (const char* path : {"/", "/api", "/api/v1/health"})
    EXPECT_EQ(StatusOf(Get(path)), 0) << path;
  for (const char* path :
       {"/metrics", "/api/v1/lessons", "/api/v1/live", "/api/v1/version", "/api/v1/other"}) {
    EXPECT_EQ(StatusOf(Get(path)), 401) << path;
  }
  Pairing& pairing = *app_->context().pairing;
  const auto now = std::chrono::steady_clock::now();
  ASSERT_TRUE(pairing.NewCode(now));
  const auto attempt = pairing.Try(code_, now);
  ASSERT_TRUE(attempt);
  for (const auto& [name, value] :
       {std::pair{"authorization", "Bearer "}, std::pair{"cookie", "a=b; euphone_token="},
        std::pair{"ocp-apim-subscription-key", ""}}) {
    Request request = Get("/api/v1/live");
    request.headers.emplace_back(name, value + attempt->token);
    EXPECT_EQ(StatusOf(request), 0) << name;
    request.headers.back().second.back() = 'x';
    EXPECT_EQ(StatusOf(request), 401) << name;
  }
}

TEST_F(AppTest, EveryAnswerSaysWhatABrowserMayDoWithIt) {
  Response response;
  AddSecurityHeaders(response);
  std::string names;
  for (const auto& [name, value] : response.headers) names += name + "\n";
  for (const char* name : {"Content-Security-Policy", "X-Content-Type-Options", "Cache-Control",
                           "Cross-Origin-Resource-Policy"}) {
    EXPECT_NE(names.find(name), std::string::npos) << name;
  }
  EXPECT_EQ(names.find("Access-Control-Allow-Origin"), std::string::npos);
}

TEST_F(AppTest, FailuresHaveOneShape) {
  Open(false);
  Request request = Get("/api/v1/other\xFF");
  const auto admission = app_->Admit(request);
  ASSERT_TRUE(admission.refusal);
  const auto json = nlohmann::json::parse(admission.refusal->body);
  EXPECT_TRUE(json["error"]["code"].is_string());
  EXPECT_TRUE(json["error"]["message"].is_string());
}

}  // namespace
}  // namespace euphone::server
