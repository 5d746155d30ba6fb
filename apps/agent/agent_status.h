#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agent/agent_memory.h"
#include "base/result.h"

namespace euphone::agent {

/// What an agent that runs says of itself, in status.json in its folder.
struct AgentStatus {
  std::string device = {}, hub = {};  ///< `hub`: without secrets.
  bool connected = false;
  std::int64_t last_heartbeat = 0;  ///< Seconds since 1970; 0: none yet.
  std::vector<KnownOffer> offers = {};
};

std::string ToText(const AgentStatus& status);
/// Fails: kCorrupt, kInvalidArgument.
Result<AgentStatus> ParseAgentStatus(std::string_view text);

/// Whole or not at all, but not safe from a loss of power: it is written often.
void WriteAgentStatus(const std::filesystem::path& folder, const std::string& text);
/// Nothing of an agent that ended is believed but what it was doing. Fails: kNotFound.
Result<AgentStatus> ReadAgentStatus(const std::filesystem::path& folder);

/// Whether an agent runs there.
bool AgentRuns(const std::filesystem::path& folder);

}  // namespace euphone::agent
