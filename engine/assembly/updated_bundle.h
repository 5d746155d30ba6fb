#pragma once

#include <filesystem>
#include <string>

namespace euphone {

/// Where bundles that came as updates lie: $EUPHONE_UPDATES, else the user's folder; empty where
/// the variable is, and where nobody says where the user's files are.
std::filesystem::path UpdatesFolder();

/// The slot of a bundle that came as an update and is in use; empty: what came with the program. A
/// slot that cannot be read is passed over: a lesson goes on.
std::filesystem::path UpdatedBundle(const std::string& name);

}  // namespace euphone
