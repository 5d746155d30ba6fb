#include "llm/endpoint.h"

#include <string>

#include "http/printable.h"

namespace euphone::llm {
namespace {

constexpr std::string_view kAsk = "/chat/completions";

}  // namespace

Result<http::Endpoint> ParseEndpoint(std::string_view base_url) {
  auto endpoint = http::ParseUrl(base_url);
  if (!endpoint) {
    return Error{Errc::kInvalidArgument,
                 "'" + http::OneLine(base_url, 100) + "' is no URL of a language model's server: " +
                     endpoint.error().message + "; one is http://127.0.0.1:8000/v1"};
  }
  std::string& path = endpoint->path;
  if (path.ends_with(kAsk)) path.erase(path.size() - kAsk.size());
  if (path.empty()) path = "/v1";
  path += kAsk;
  return endpoint;
}

}  // namespace euphone::llm
