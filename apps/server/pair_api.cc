#include <nlohmann/json.hpp>
#include <string>

#include "server/context.h"

namespace euphone::server {
namespace {

constexpr std::size_t kMostPairBody = 1024;

Response Wait(std::chrono::seconds wait) {
  Response response = Failure(429, "wait", "too many tries; wait a moment");
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

Response Paired(const std::string& token) {
  Response response{.body = nlohmann::json{{"token", token}}.dump() + "\n"};
  response.headers.emplace_back(
      "Set-Cookie",
      "euphone_token=" + token + "; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Strict");
  return response;
}

Response Pair(Pairing& pairing, const Request& request) {
  const auto now = std::chrono::steady_clock::now();
  const auto json = nlohmann::json::parse(request.body, nullptr, false);
  if (!json.is_object() || (json.contains("code") && !json["code"].is_string())) {
    return Failure(400, "invalid_argument",
                   R"(send {"code":"1234 5678"}, or {} to have a code shown on the device)");
  }
  if (!json.contains("code")) {
    const auto asked = pairing.AskForCode(now);
    if (!asked) return FailureOf(asked.error());
    if (!*asked) return Wait(Pairing::kBetweenCodes);
    return {.status = 202, .body = "{\"shown\":true}\n"};
  }
  const auto attempt = pairing.Try(json["code"].get<std::string>(), now);
  if (!attempt) return FailureOf(attempt.error());
  switch (attempt->outcome) {
    case Pairing::Outcome::kPaired:
      return Paired(attempt->token);
    case Pairing::Outcome::kWait:
      return Wait(attempt->wait);
    case Pairing::Outcome::kNoCode:
      return Failure(403, "code_expired",
                     "the code is too old or was tried too often; send {} to have a new one shown");
    case Pairing::Outcome::kWrong:
      break;
  }
  return Failure(403, "wrong_code", "this is not the code that the device shows");
}

}  // namespace

void AddPairRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/pair",
              .access = Access::kAnybody,
              .most_body = kMostPairBody,
              .handle = [&context](const Request& request) {
                if (context.pairing) return Pair(*context.pairing, request);
                return Failure(404, "no_pairing", "on this device nothing has to be paired");
              }});
}

}  // namespace euphone::server
