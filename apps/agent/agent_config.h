#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fleet/broker.h"

namespace euphone::agent {

/// How this device belongs to a fleet; agent.json in the agent's folder, for its user alone.
struct AgentConfig {
  std::string url = {};  ///< Of the hub's NATS server, with what it asks of clients.
  std::string device = {};
  std::string credentials = {}, ca = {}, certificate = {}, key = {};  ///< As fleet::BrokerOptions.
  std::string hardware = {};  ///< "rpi4", as filters of rollouts call it.
  std::string site = {}, locale = {};
  bool metered = false;
  double most_kb_per_second = 0;  ///< Of downloads; 0: any.
};

std::string ToText(const AgentConfig& config);
/// Fails: kCorrupt, kInvalidArgument naming the field.
Result<AgentConfig> ParseAgentConfig(std::string_view text);

/// Fails: kNotFound where this device has joined no fleet, saying how; kCorrupt, kIo.
Result<AgentConfig> ReadAgentConfig(const std::filesystem::path& folder);
/// Makes the folder, too. Fails: kIo.
Status WriteAgentConfig(const std::filesystem::path& folder, const AgentConfig& config);

/// The user that a URL names: "pi-7" of nats://pi-7:SECRET@hub:4222; empty where it names none.
std::string UserOf(std::string_view url);

fleet::BrokerOptions BrokerOptionsOf(const AgentConfig& config);

}  // namespace euphone::agent
