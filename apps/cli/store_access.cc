#include "store_access.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <utility>

#include "assembly/user_folder.h"
#include "base/file.h"
#include "exit_code.h"
#include "passphrase.h"
#include "store/keyring.h"

namespace euphone::cli {

namespace fs = std::filesystem;

constexpr const char* kStoreItself = "the store";

void AddStoreOptions(CLI::App& command, StoreOptions& options) {
  command.add_option("--store", options.folder, "Folder of the store (default: the user's)")
      ->envname("EUPHONE_STORE")
      ->type_name("DIR");
  command.add_option("--key-file", options.key_file, "File with the key that unlocks the store")
      ->envname("EUPHONE_KEY_FILE")
      ->type_name("FILE");
  command
      .add_option("--passphrase-file", options.passphrase_file,
                  "File whose first line is the passphrase (default: ask)")
      ->envname("EUPHONE_PASSPHRASE_FILE")
      ->type_name("FILE");
}

Result<fs::path> StoreFolder(const StoreOptions& options) {
  if (!options.folder.empty()) return fs::path(options.folder);
  const auto folder = UserFolder();
  if (!folder) return folder.error();
  return *folder / "store";
}

KeyGivers GiversOf(const StoreOptions& options, bool twice) {
  KeyGivers givers;
  givers.key_file = options.key_file;
  givers.passphrase = [file = options.passphrase_file, twice]() -> Result<std::string> {
    if (!file.empty()) return PassphraseIn(file);
    auto typed = TypedPassphrase(
        twice ? "New passphrase of the store: " : "Passphrase of the store: ", kStoreItself);
    if (!typed || !twice) return typed;
    const auto again = TypedPassphrase("Once more: ", kStoreItself);
    if (!again) return again.error();
    if (*again != *typed)
      return Error{Errc::kInvalidArgument, "the two passphrases are not the same; nothing is done"};
    return typed;
  };
  return givers;
}

Result<Store> OpenStore(const StoreOptions& options) {
  const auto folder = StoreFolder(options);
  if (!folder) return folder.error();
  auto store = Store::Open(*folder, GiversOf(options));
  if (!store && store.error().code == Errc::kNotFound) {
    Error error = store.error();
    error.message +=
        error.message.ends_with("there is no store here") ? "; euphone store init makes one" : "";
    return error;
  }
  return store;
}

Result<Store> OpenOrMakeStore(const StoreOptions& options) {
  const auto folder = StoreFolder(options);
  if (!folder) return folder.error();
  std::error_code ignored;
  if (fs::exists(*folder / "store.json", ignored)) return OpenStore(options);
  KeyGivers givers = GiversOf(options);
  const bool keyring = givers.key_file.empty() && KeyringAnswers();
  if (!keyring && givers.key_file.empty()) {
    const auto config = UserConfigFolder();
    if (!config) return config.error();
    givers.key_file = *config / "store.key";
  }
  auto store = Store::Create(*folder, keyring ? KeyKind::kKeyring : KeyKind::kKeyFile, givers);
  if (store) {
    ReportLine("made a store in " + folder->string() + ", encrypted; its key is in " +
               (keyring ? "the keyring" : givers.key_file.string() + ": keep a copy of it"));
  }
  return store;
}

Result<Learner> LearnerCalled(Store& store, const std::string& name) {
  auto found = FindLearner(store, name);
  if (found || found.error().code != Errc::kNotFound) return found;
  return AddLearner(store, name, "", NowMs());
}

}  // namespace euphone::cli
