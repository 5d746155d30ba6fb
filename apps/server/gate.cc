#include "server/gate.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace euphone::server {
namespace {

/// A page with its sounds and pictures, at once, and a hundred in each second after that.
constexpr double kPerSecond = 100.0, kBurst = 400.0;

Response Overload() {
  Response response = Failure(503, "busy", "too much is waiting already; try again in a moment");
  response.headers.emplace_back("Retry-After", "2");
  return response;
}

std::size_t LengthOf(const Request& head) {
  const std::string_view text = head.header("content-length");
  std::size_t length = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || length > (std::size_t{1} << 40)) return 0;
    length = length * 10 + static_cast<std::size_t>(c - '0');
  }
  return length;
}

}  // namespace

Gate::Gate(const Listening& listening)
    : hosts_{.lan = listening.lan, .hostname = listening.hostname}, rate_(kPerSecond, kBurst) {}

std::optional<Response> Gate::Refuse(const Request& head, RateLimit::Time now) {
  if (!HostAllowed(head.header("host"), hosts_))
    return Failure(421, "host", "this server does not go by that name");
  if (!OriginAllowed(head))
    return Failure(403, "origin", "pages of other sites may not use this server");
  if (rate_.Allow(head.client, now)) return std::nullopt;
  Response response = Failure(429, "too_many", "too many requests; wait a second");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

Response NoRoute(const Router::Match& match) {
  if (match.status == 405) {
    Response response = Failure(405, "method", "this path does not take this method");
    response.headers.emplace_back("Allow", match.allowed);
    return response;
  }
  if (match.status == 400) return Failure(400, "bad_path", "this is no path of this server");
  return Failure(404, "not_found", "there is nothing of this name; /api describes what there is");
}

std::optional<Response> TooLong(const Route& route, const Request& head) {
  if (LengthOf(head) <= route.most_body) return std::nullopt;
  return Failure(
      413, "too_large",
      "the body is too long; at most " + std::to_string(route.most_body) + " bytes are taken");
}

void AnswerBy(WorkPool& pool, const Route& route, Request request, const Answer& answer) {
  if (route.where == Where::kHere) return answer(route.handle(request));
  auto shared = std::make_shared<const Request>(std::move(request));
  const bool taken = pool.Submit([&route, shared, answer](bool wanted) {
    answer(wanted ? route.handle(*shared) : Overload());
  });
  if (!taken) answer(Overload());
}

void AddSecurityHeaders(Response& response) {
  constexpr std::pair<const char*, const char*> kAlways[] = {
      {"Content-Security-Policy",
       "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; worker-src 'self'; "
       "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "microphone=(self), camera=(), geolocation=()"}};
  bool cached = false;
  for (const auto& [name, value] : response.headers) cached = cached || name == "Cache-Control";
  if (!cached) response.headers.emplace_back("Cache-Control", "no-store");
  for (const auto& [name, value] : kAlways) response.headers.emplace_back(name, value);
}

}  // namespace euphone::server
