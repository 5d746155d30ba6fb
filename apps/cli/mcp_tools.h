#pragma once

#include <filesystem>
#include <vector>

#include "installation.h"
#include "mcp/tool.h"
#include "store_access.h"

namespace euphone::cli {

/// What the tools may use.
struct McpOptions {
  InstallationOptions installation;
  StoreOptions store;
  std::filesystem::path root;  ///< Only recordings in there are read; free of links.
};

/// The program's commands as tools. Models and dictionaries are opened when a call first needs
/// them, and kept; a store is opened for one call only. Thread: one call at a time.
std::vector<mcp::Tool> MakeMcpTools(const McpOptions& options);

}  // namespace euphone::cli
