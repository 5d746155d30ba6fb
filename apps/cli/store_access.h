#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/clock.h"
#include "store/learners.h"
#include "store/store.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// Which store, and what unlocks it; empty = the default.
struct StoreOptions {
  std::string folder;           ///< Else $XDG_DATA_HOME/euphone/store.
  std::string key_file;         ///< Else as the store says.
  std::string passphrase_file;  ///< Its first line; else it is asked for on the terminal.
};

/// --store, --key-file and --passphrase-file, with their variables of the environment.
void AddStoreOptions(CLI::App& command, StoreOptions& options);

/// Fails: kNotFound, where nobody says where the user's files are.
Result<std::filesystem::path> StoreFolder(const StoreOptions& options);

/// `twice`: a new passphrase is asked for again, so that no slip locks a store for ever.
KeyGivers GiversOf(const StoreOptions& options, bool twice = false);

/// Fails as Store::Open; a missing store is said how to make.
Result<Store> OpenStore(const StoreOptions& options);

/// Makes it where there is none, locked with the keyring where one answers, else with a new key
/// file in the user's configuration; tells so on standard error.
Result<Store> OpenOrMakeStore(const StoreOptions& options);

/// The learner of this name, who is added where nobody is called so. Fails: as AddLearner.
Result<Learner> LearnerCalled(Store& store, const std::string& name);

}  // namespace euphone::cli
