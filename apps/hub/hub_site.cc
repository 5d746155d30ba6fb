#include "hub/hub_site.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/assets.h"
#include "server/origin.h"
#include "server/secrets.h"

namespace euphone::hub {
namespace {

using nlohmann::json;
using server::Access;
using server::Failure;
using server::Method;
using server::Request;
using server::Response;
using server::Where;

/// The hub answers one at a time; a second may wait for a slow database beside it.
constexpr std::size_t kWorkers = 2, kLongestQueue = 64;
/// A rollout's plan; a file of a repository, in base64.
constexpr std::size_t kMostBody = std::size_t{1} << 20, kMostFile = std::size_t{12} << 20;
constexpr std::size_t kMostCode = 1024;
/// Of the learners' page; this server has another one.
constexpr std::array kNotServed = {"/index.html", "/sw.js", "/manifest.webmanifest", "/api"};
constexpr const char* kPage = "/fleet.html";
constexpr const char* kDescription = "/api/fleet";

std::string TokenIn(const Request& request) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.header("authorization");
  return header.starts_with(kBearer) ? std::string(header.substr(kBearer.size())) : std::string();
}

Response NoToken() {
  Response response =
      Failure(401, "not_admitted", "say who you are: Authorization: Bearer and a user's token");
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

int StatusOf(std::string_view code) {
  constexpr std::pair<std::string_view, int> kStatuses[] = {
      {"not_admitted", 401}, {"not_allowed", 403}, {"unknown_verb", 404}, {"not_found", 404},
      {"unsupported", 409},  {"too_large", 413},   {"invalid", 422}};
  for (const auto& [name, status] : kStatuses)
    if (name == code) return status;
  return 503;
}

/// A proxy on this machine asks for others.
bool IsThisDevice(const Request& request) {
  return server::IsLoopback(request.client) && !request.has_header("x-forwarded-for") &&
         !request.has_header("forwarded");
}

}  // namespace

HubSite::HubSite(HubSiteParts parts, server::Listening listening)
    : parts_(std::move(parts)),
      listening_(std::move(listening)),
      gate_(listening_),
      began_(std::chrono::steady_clock::now()),
      pool_(kWorkers, kLongestQueue) {
  AddPage();
  AddApi();
}

void HubSite::AddPage() {
  const auto files = server::EmbeddedFiles();
  const auto add = [this](const std::string& path, const server::EmbeddedFile& file) {
    router_.Add({.pattern = path,
                 .access = Access::kAnybody,
                 .handle = [&file](const Request& request) { return AnswerWith(file, request); }});
  };
  for (const server::EmbeddedFile& file : files) {
    if (file.path == kPage)
      add("/", file);
    else if (file.path == kDescription)
      add("/api", file);
    else if (std::ranges::find(kNotServed, file.path) == kNotServed.end())
      add(std::string(file.path), file);
  }
  if (FindEmbedded(files, kPage) != nullptr) return;
  router_.Add({.pattern = "/", .access = Access::kAnybody, .handle = [](const Request&) {
                 return Response{.type = "text/html; charset=utf-8",
                                 .body =
                                     "<!doctype html><title>Euphone</title><p>This program was "
                                     "built without its page. What programs can ask the hub "
                                     "is described in <a href=\"/api\">/api</a>.\n"};
               }});
}

void HubSite::AddApi() {
  const auto tell = [this](const char* path, const json& what) {
    router_.Add(
        {.pattern = path,
         .access = Access::kAnybody,
         .handle = [text = what.dump() + "\n"](const Request&) { return Response{.body = text}; }});
  };
  tell("/api/v1/health", {{"status", "ok"}});
  tell("/api/v1/version", {{"version", parts_.version}, {"api", "1"}, {"hub", true}});
  router_.Add({.method = Method::kPost,
               .pattern = "/api/v1/enter",
               .access = Access::kAnybody,
               .most_body = kMostCode,
               .handle = [this](const Request& request) { return Enter(request); }});
  router_.Add({.method = Method::kPost,
               .pattern = "/api/v1/fleet/{verb}",
               .where = Where::kWorkers,
               .most_body = kMostBody,
               .handle = [this](const Request& request) {
                 return Ask(TokenIn(request), request.place("verb"), request.body);
               }});
  router_.Add({.method = Method::kPost,
               .pattern = "/api/v1/fleet/repository.put",
               .where = Where::kWorkers,
               .most_body = kMostFile,
               .handle = [this](const Request& request) {
                 return Ask(TokenIn(request), "repository.put", request.body);
               }});
  router_.Add({.pattern = "/metrics",
               .where = Where::kWorkers,
               .access = Access::kAnybody,
               .handle = [this](const Request& request) { return Metrics(request); }});
}

server::Site::Admission HubSite::Admit(Request& head) {
  if (auto refusal = gate_.Refuse(head, std::chrono::steady_clock::now()))
    return {.refusal = std::move(refusal)};
  const server::Router::Match match = router_.Find(head);
  if (match.route == nullptr) return {.refusal = NoRoute(match)};
  // Whether it is a good one is the desk's to say, once the body is there.
  if (match.route->access != Access::kAnybody && TokenIn(head).empty())
    return {.refusal = NoToken()};
  if (auto refusal = TooLong(*match.route, head)) return {.refusal = std::move(refusal)};
  return {.refusal = std::nullopt, .route = match.route};
}

void HubSite::Handle(const server::Route& route, Request request, server::Answer answer) {
  AnswerBy(pool_, route, std::move(request), answer);
}

std::shared_ptr<server::SocketListener> HubSite::OpenSocket(const Request&,
                                                            std::shared_ptr<server::WebSocket>) {
  return nullptr;  // Admit() lets none in.
}

/// Thread: that of the connections.
Response HubSite::Enter(const Request& request) {
  const json sent = json::parse(request.body, nullptr, false);
  const auto code = sent.is_object() ? sent.find("code") : sent.end();
  if (code == sent.end() || !code->is_string())
    return Failure(422, "invalid", R"(send {"code":"…"}, which the link had that the hub printed)");
  const bool late = std::chrono::steady_clock::now() - began_ > kCodeLife;
  if (parts_.code.empty() || late || !server::SameSecret(code->get<std::string>(), parts_.code))
    return Failure(401, "not_admitted",
                   "this link is used up or too old; sign in with a token, or start the hub again");
  parts_.code.clear();
  return {.body = json{{"token", parts_.token}}.dump() + "\n"};
}

Response HubSite::Ask(const std::string& token, const std::string& verb,
                      const std::string& arguments) const {
  const std::string text = parts_.ask(token, verb, arguments);
  constexpr std::string_view kReply = R"({"reply":)";
  // As it came: a long one is not read again.
  if (text.starts_with(kReply) && text.ends_with('}'))
    return {.body = text.substr(kReply.size(), text.size() - kReply.size() - 1) + "\n"};
  const json answer = json::parse(text, nullptr, false);
  const json error = answer.is_object() ? answer.value("error", json::object()) : json::object();
  const std::string code = error.value("code", "unavailable");
  return Failure(StatusOf(code), code, error.value("message", "the hub's answer cannot be read"));
}

Response HubSite::Metrics(const Request& request) const {
  const std::string token = TokenIn(request);
  if (token.empty() && !IsThisDevice(request)) return NoToken();
  Response answer = Ask(token.empty() ? parts_.token : token, "hub.metrics", "");
  if (answer.status != 200) return answer;
  answer.type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = json::parse(answer.body, nullptr, false).value("text", "");
  return answer;
}

}  // namespace euphone::hub
