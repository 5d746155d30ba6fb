#pragma once

#include <map>
#include <string>

#include "agent/agent_config.h"
#include "agent/machine.h"
#include "rollout/device_record.h"
#include "update/updater.h"

namespace euphone::agent {

/// Versions of the bundles that came with the program, by name; looked for once.
std::map<std::string, std::string> FactoryVersions(const std::filesystem::path& factory);

/// This device as its hub's rollouts see it, now. Fails: as Updater::state.
Result<DeviceRecord> DescribeDevice(const AgentConfig& config, const Updater& updater,
                                    const std::map<std::string, std::string>& factory,
                                    const Power& power);

}  // namespace euphone::agent
