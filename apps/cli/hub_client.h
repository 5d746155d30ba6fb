#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/result.h"
#include "fleet/broker.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// How commands reach a hub.
struct HubClientOptions {
  std::string hub;  ///< hub.json or its folder, or a URL; empty: of this user on this machine.
  std::string ca;   ///< Authorities that its certificate may come from.
  bool json = false;
};

/// --hub, --hub-ca and --json.
void AddHubOptions(CLI::App& command, HubClientOptions& options);

/// Where `euphone fleet up` keeps its things, unless told otherwise.
Result<std::filesystem::path> HubFolder();

/// Asks a hub. Fails: as the hub says; kIo where it cannot be reached, kInvalidArgument where the
/// token is not known there.
class HubClient {
 public:
  static Result<HubClient> Connect(const HubClientOptions& options);

  Result<nlohmann::json> Ask(const std::string& verb, const nlohmann::json& arguments);
  std::size_t max_payload() const { return broker_.max_payload(); }

 private:
  HubClient(fleet::Broker broker, std::string token)
      : broker_(std::move(broker)), token_(std::move(token)) {}

  fleet::Broker broker_;
  std::string token_;
};

}  // namespace euphone::cli
