#pragma once

#include <string>

#include "exit_code.h"
#include "hub_client.h"

namespace euphone::cli {

/// `fleet publish FOLDER`: hands a repository's files to the hub, the timestamp last.
ExitCode PublishRepository(const HubClientOptions& options, const std::string& folder);

}  // namespace euphone::cli
