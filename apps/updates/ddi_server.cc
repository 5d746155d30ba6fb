#include "updates/ddi_server.h"

#include <algorithm>
#include <utility>

#include "http/printable.h"

namespace euphone::updates {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::string_view kShape = "/controller/v1/";

bool InHeader(char c) { return c > ' ' && c < 0x7F; }

}  // namespace

Result<DdiServer> DdiServer::Open(const std::string& url, DdiToken kind, const std::string& token,
                                  http::ClientOptions options) {
  auto endpoint = http::ParseUrl(url);
  const std::string bad =
      "'" + http::OneLine(url, 100) + "' is no URL of a device at a hawkBit server: ";
  if (!endpoint) return Error{Errc::kInvalidArgument, bad + endpoint.error().message};
  const std::size_t at = endpoint->path.find(kShape);
  const std::string id = at == std::string::npos ? "" : endpoint->path.substr(at + kShape.size());
  if (at == 0 || id.empty() || id.find('/') != std::string::npos)
    return Error{Errc::kInvalidArgument, bad + "one is https://HOST/TENANT/controller/v1/ID"};
  if (token.empty() || !std::all_of(token.begin(), token.end(), InHeader)) {
    return Error{Errc::kInvalidArgument,
                 "the token is empty, or has blanks or other characters that no token has"};
  }
  std::string authorization =
      (kind == DdiToken::kTarget ? "TargetToken " : "GatewayToken ") + token;
  return DdiServer(http::Client(*std::move(endpoint), std::move(options)),
                   std::move(authorization));
}

Result<std::string> DdiServer::PathOf(const std::string& link) const {
  auto endpoint = http::ParseUrl(link, http::Query::kAllowed);
  if (endpoint && endpoint->Origin() == client_.server().Origin()) return endpoint->path;
  return Error{Errc::kUnsupported, client_.server().Origin() + ": it points to another place (" +
                                       http::OneLine(link, 100) +
                                       "), where this device's token does not go"};
}

http::Request DdiServer::Asking(std::string method, std::string path, std::string body) const {
  http::Request request{.method = std::move(method),
                        .path = std::move(path),
                        .headers = {{"Authorization", authorization_},
                                    {"Accept", "application/hal+json, application/json"}},
                        .body = std::move(body)};
  if (!request.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  return request;
}

Result<http::Answer> DdiServer::Ask(const http::Request& request) {
  auto answer = client_.Send(request, kMostBytes);
  if (!answer) return answer;
  const int status = answer->status;
  if (status >= 200 && status < 300) return answer;
  const std::string where = client_.server().Origin() + ": ";
  std::string why = answer->Told();
  const std::string token = authorization_.substr(authorization_.find(' ') + 1);
  for (std::size_t at; (at = why.find(token)) != std::string::npos;)
    why.replace(at, token.size(), "***");
  if (status == 401 || status == 403) {
    return Error{Errc::kInvalidArgument,
                 where + "the server refuses this device or its token (" + why + ")"};
  }
  if (status == 404 || status == 410)
    return Error{Errc::kNotFound, where + request.path + " is not there (" + why + ")"};
  if (status >= 500 || status == 429)
    return Error{Errc::kIo, where + "the server is out of order, or asked too often (" + why + ")"};
  return Error{Errc::kInvalidArgument, where + "the server refuses the request (" + why + ")"};
}

Result<std::string> DdiServer::Fetch(const std::string& link) {
  const auto path = PathOf(link);
  if (!path) return path.error();
  auto answer = Ask(Asking("GET", *path));
  if (!answer) return answer.error();
  return std::move(answer->body);
}

Result<DdiPoll> DdiServer::Poll() {
  const auto answer = Ask(Asking("GET", client_.server().path));
  if (!answer) return answer.error();
  auto poll = ParsePoll(answer->body);
  if (!poll) return Prefixed(client_.server().Origin(), poll.error());
  return poll;
}

Result<DdiDeployment> DdiServer::Deployment(const std::string& link) {
  const auto text = Fetch(link);
  if (!text) return text.error();
  auto deployment = ParseDeployment(*text);
  if (!deployment) return Prefixed(client_.server().Origin(), deployment.error());
  return deployment;
}

Result<std::string> DdiServer::CancelledAction(const std::string& link) {
  const auto text = Fetch(link);
  if (!text) return text.error();
  auto action = ParseCancel(*text);
  if (!action) return Prefixed(client_.server().Origin(), action.error());
  return action;
}

Status DdiServer::TellAttributes(const std::map<std::string, std::string>& attributes) {
  const auto answer =
      Ask(Asking("PUT", client_.server().path + "/configData", AttributesJson(attributes)));
  if (!answer) return answer.error();
  return {};
}

Result<bool> DdiServer::Post(const std::string& channel, const std::string& action,
                             const std::string& body) {
  const auto answer =
      Ask(Asking("POST", client_.server().path + channel + action + "/feedback", body));
  if (answer) return true;
  if (answer.error().code == Errc::kNotFound) return false;
  return answer.error();
}

Result<bool> DdiServer::Tell(const std::string& action, const DdiFeedback& feedback,
                             std::int64_t now) {
  return Post("/deploymentBase/", action, ToJson(feedback, action, now));
}

Result<bool> DdiServer::TellCancelled(const std::string& action, const DdiFeedback& feedback,
                                      std::int64_t now) {
  return Post("/cancelAction/", action, ToJson(feedback, action, now));
}

Result<http::Request> DdiServer::RequestFor(const DdiArtifact& artifact) const {
  for (const std::string& url : artifact.urls) {
    const auto path = PathOf(url);
    if (path) return Asking("GET", *path);
  }
  const auto path = PathOf(artifact.urls.front());
  return path.error();
}

}  // namespace euphone::updates
