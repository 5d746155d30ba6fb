#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace euphone::server {

enum class Method { kGet, kHead, kPost, kPatch, kDelete, kOther };

/// What a client asks for, whatever library carried it here. Names of headers are lower case;
/// `path` and `query` are as they came, percent signs and all (url.h takes them apart).
struct Request {
  Method method = Method::kGet;
  std::string path = {};   ///< "/api/v1/lessons", without the query.
  std::string query = {};  ///< Without the question mark.
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::string client = {};  ///< The peer's address, without its port.
  bool secure = false;      ///< It came through TLS.
  /// The one learner whose things it may see, by UUID; empty: everybody's.
  std::string only = {};
  /// Filled in by the router: what stood in the places of a pattern, decoded.
  std::vector<std::pair<std::string, std::string>> places = {};

  /// The first of that name; empty where there is none.
  std::string_view header(std::string_view lower_case_name) const;
  bool has_header(std::string_view lower_case_name) const;
  /// REQUIRES: the route's pattern has a place of that name.
  const std::string& place(std::string_view name) const;
};

/// What goes back. Length, date and the headers that every answer has are the transport's.
struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// {"error":{"code","message"}}: the one shape that all failures have. `code` is for programs.
Response Failure(int status, std::string_view code, std::string_view message);

/// The answer that fits what a library says: 400, 404, 413, 415, 422 or 500.
Response FailureOf(const Error& error);

/// "Too Many Requests"; "Unknown" for a status that this server never gives.
std::string_view ReasonOf(int status);

/// Takes the answer, in any thread, once.
using Answer = std::function<void(Response)>;

}  // namespace euphone::server
