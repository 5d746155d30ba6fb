#pragma once

#include <filesystem>
#include <string>

#include "commands.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// `bundle` commands of who signs for others' devices: keygen, init, keys, add, withdraw, sign,
/// announce, artifacts.
void AddRepositoryCommands(CLI::App& bundle, Global& global);

/// `bundle reference`: how the bundle scores readers that its training has not heard.
void AddReferenceCommand(CLI::App& bundle, Global& global);

bool IsRepository(const std::filesystem::path& path);

/// Keys, thresholds, releases, what waits for signatures, what expires when.
ExitCode InspectRepository(const std::filesystem::path& folder, bool json);

/// All that a new device would check, with this root (empty: the repository's first), and that each
/// release arrives whole.
ExitCode VerifyRepository(const std::filesystem::path& folder, const std::string& root);

/// What a device needs for one release, as files under flat names, for a server that knows no
/// folders (docs/formats/ddi.md). `version` may be empty: the newest.
ExitCode CollectArtifacts(const std::filesystem::path& folder, const std::string& name,
                          const std::string& version, const std::filesystem::path& out);

}  // namespace euphone::cli
