#pragma once

#include <chrono>
#include <optional>

#include "server/origin.h"
#include "server/rate_limit.h"
#include "server/site.h"
#include "server/work_pool.h"

/// What all sites do alike with requests.
namespace euphone::server {

/// Turns away what comes under a name that is not ours, from pages of other sites, and too often.
/// Thread: one at a time.
class Gate {
 public:
  explicit Gate(const Listening& listening);
  std::optional<Response> Refuse(const Request& head, RateLimit::Time now);

 private:
  HostRule hosts_;
  RateLimit rate_;
};

/// Why nobody answers. REQUIRES: match.route is null.
Response NoRoute(const Router::Match& match);
/// Where more is announced than the route takes.
std::optional<Response> TooLong(const Route& route, const Request& head);
/// Has the route answer where it says, or says that too much waits already.
void AnswerBy(WorkPool& pool, const Route& route, Request request, const Answer& answer);

/// What every answer has: what a browser may do with it.
void AddSecurityHeaders(Response& response);

}  // namespace euphone::server
