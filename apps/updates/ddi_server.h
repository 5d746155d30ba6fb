#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "http/client.h"
#include "updates/ddi_json.h"

namespace euphone::updates {

/// Whose token a device shows: its own, or that of a gateway which speaks for several.
enum class DdiToken { kTarget, kGateway };

/// One device's door at a hawkBit server. It goes nowhere but to the server that was named, so that
/// the token stays there: links to others are refused. Messages begin with the server's origin.
/// Thread: one at a time.
class DdiServer {
 public:
  /// `url`: https://HOST/TENANT/controller/v1/ID. Plain http:// only to a private address. Fails:
  /// kInvalidArgument for another URL, or a token that no header can hold.
  static Result<DdiServer> Open(const std::string& url, DdiToken kind, const std::string& token,
                                http::ClientOptions options);

  /// The same device at the same server, over a connection of its own.
  DdiServer Another() const {
    return {http::Client(client_.server(), client_.options()), authorization_};
  }

  /// All fail: kInvalidArgument where the token is refused; kNotFound where the server knows no
  /// such device or action; kIo where it is out of order or cannot be reached; kCorrupt.
  Result<DdiPoll> Poll();
  Result<DdiDeployment> Deployment(const std::string& link);
  Result<std::string> CancelledAction(const std::string& link);
  Status TellAttributes(const std::map<std::string, std::string>& attributes);
  /// Of a deployment. Whether the action is still open: hawkBit has closed what it says is gone.
  Result<bool> Tell(const std::string& action, const DdiFeedback& feedback, std::int64_t now);
  Result<bool> TellCancelled(const std::string& action, const DdiFeedback& feedback,
                             std::int64_t now);

  /// The artifact as a request to this server. Fails: kUnsupported where it has no link here.
  Result<http::Request> RequestFor(const DdiArtifact& artifact) const;
  http::Client& client() { return client_; }

 private:
  DdiServer(http::Client client, std::string authorization)
      : client_(std::move(client)), authorization_(std::move(authorization)) {}

  /// The path of a link to this server. Fails: kUnsupported for another one.
  Result<std::string> PathOf(const std::string& link) const;
  http::Request Asking(std::string method, std::string path, std::string body = {}) const;
  Result<http::Answer> Ask(const http::Request& request);
  Result<std::string> Fetch(const std::string& link);
  Result<bool> Post(const std::string& channel, const std::string& action, const std::string& body);

  http::Client client_;
  std::string authorization_;
};

}  // namespace euphone::updates
