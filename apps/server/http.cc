#include "server/http.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace euphone::server {
namespace {

struct StatusName {
  int status;
  std::string_view reason;
};
constexpr std::array<StatusName, 21> kStatusNames{{{200, "OK"},
                                                   {201, "Created"},
                                                   {202, "Accepted"},
                                                   {204, "No Content"},
                                                   {304, "Not Modified"},
                                                   {400, "Bad Request"},
                                                   {401, "Unauthorized"},
                                                   {403, "Forbidden"},
                                                   {404, "Not Found"},
                                                   {405, "Method Not Allowed"},
                                                   {408, "Request Timeout"},
                                                   {409, "Conflict"},
                                                   {413, "Content Too Large"},
                                                   {415, "Unsupported Media Type"},
                                                   {421, "Misdirected Request"},
                                                   {422, "Unprocessable Content"},
                                                   {426, "Upgrade Required"},
                                                   {429, "Too Many Requests"},
                                                   {431, "Request Header Fields Too Large"},
                                                   {500, "Internal Server Error"},
                                                   {503, "Service Unavailable"}}};

}  // namespace

std::string_view ReasonOf(int status) {
  const auto* const found = std::find_if(kStatusNames.begin(), kStatusNames.end(),
                                         [&](const auto& s) { return s.status == status; });
  return found == kStatusNames.end() ? "Unknown" : found->reason;
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

bool Request::has_header(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& h) { return h.first == name; });
}

const std::string& Request::place(std::string_view name) const {
  return std::find_if(places.begin(), places.end(), [&](const auto& p) { return p.first == name; })
      ->second;
}

Response Failure(int status, std::string_view code, std::string_view message) {
  const nlohmann::ordered_json body{{"error", {{"code", code}, {"message", message}}}};
  // What a client sent may be quoted, and need not be UTF-8.
  return {.status = status,
          .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
}

Response FailureOf(const Error& error) {
  switch (error.code) {
    case Errc::kInvalidArgument:
      return Failure(400, "invalid_argument", error.message);
    case Errc::kNotFound:
      return Failure(404, "not_found", error.message);
    case Errc::kUnsupported:
      return Failure(415, "unsupported", error.message);
    case Errc::kCorrupt:
      return Failure(422, "corrupt", error.message);
    case Errc::kTooLarge:
      return Failure(413, "too_large", error.message);
    case Errc::kIo:
    case Errc::kInternal:
      break;
  }
  return Failure(500, "internal", error.message);
}

}  // namespace euphone::server
