#include <nlohmann/json.hpp>
#include <string>

#include "server/store_api.h"
#include "store/learners.h"

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

/// What this client may do.
Response AccessOf(const Context& context, const Request& request) {
  nlohmann::ordered_json json{{"pairing", context.pairing != nullptr}, {"learner", nullptr}};
  if (!request.only.empty()) json["learner"] = request.only;
  return {.body = json.dump() + "\n"};
}

Response Invite(Context& context, Store& store, const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return FailureOf(json.error());
  const auto named = json->find("learner");
  if (named == json->end() || !named->is_string())
    return Failure(400, "invalid_argument", "say whose device it is: {\"learner\":\"…\"}");
  const auto learner = GetLearner(store, std::string_view(named->get_ref<const std::string&>()));
  if (!learner) return FailureOf(learner.error());
  const auto code = context.pairing->Invite(learner->uuid, std::chrono::steady_clock::now());
  if (!code) return FailureOf(code.error());
  const auto lifetime = std::chrono::seconds(Pairing::kLifetime).count();
  return StoreAnswer({{"code", *code}, {"seconds", lifetime}}, 201);
}

Response NoPairing() {
  return Failure(404, "no_pairing", "on this device nothing has to be paired");
}

}  // namespace

void AddPairRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/pair",
              .access = Access::kAnybody,
              .most_body = kMostPairBody,
              .handle = [&context](const Request& request) {
                if (context.pairing) return Pair(*context.pairing, request);
                return NoPairing();
              }});
  router.Add({.pattern = "/api/v1/access",
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return AccessOf(context, request); }});
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/invitations",
              .where = Where::kWorkers,
              .most_body = kMostPairBody,
              .handle = [&context](const Request& request) {
                if (!context.pairing) return NoPairing();
                return WithStore(context,
                                 [&](Store& store) { return Invite(context, store, request); });
              }});
}

}  // namespace euphone::server
