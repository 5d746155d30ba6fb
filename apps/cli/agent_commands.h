#pragma once

#include <filesystem>
#include <string>

#include "exit_code.h"
#include "installation.h"
#include "score_archive.h"
#include "store_access.h"
#include "update_parts.h"

namespace euphone::cli {

struct JoinOptions {
  NatsOptions nats;  ///< Its URL: where the fleet is; "-": it is read from standard input.
  std::string name, root, hardware, site, locale;
  bool metered = false;
  double most_kb_per_second = 0;
};
ExitCode JoinFleet(const JoinOptions& options);

struct AgentRunOptions {
  TryOptions tries;
  double heartbeat_s = 30;
  StoreOptions store;  ///< Of what learners share, where there is one.
};
ExitCode RunAgent(const AgentRunOptions& options, const InstallationOptions& installation);

ExitCode ShowAgent(bool json, const InstallationOptions& installation);
ExitCode LeaveFleet();

/// $EUPHONE_AGENT, else `agent` in the user's folder. Fails: kNotFound.
Result<std::filesystem::path> AgentFolder();

}  // namespace euphone::cli
