#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "bundle_commands.h"
#include "passphrase.h"
#include "private_key.h"
#include "progress.h"
#include "terminal.h"
#include "update/repository.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDaySeconds = 86400;

std::int64_t ExpiresIn(int days) { return SecondsNow() + days * kDaySeconds; }

struct KeygenOptions {
  std::string file;
  std::string passphrase_file;
  bool open = false;
};

ExitCode MakeKey(const KeygenOptions& options) {
  std::error_code ignored;
  if (fs::exists(options.file, ignored)) {
    return Report({Errc::kInvalidArgument,
                   options.file + ": is there already, and a key is never overwritten"});
  }
  std::string passphrase;
  if (!options.open) {
    auto given = options.passphrase_file.empty()
                     ? TypedPassphrase("New passphrase of the key: ", "the key")
                     : PassphraseIn(options.passphrase_file);
    if (!given) return Report(given.error());
    if (options.passphrase_file.empty()) {
      const auto again = TypedPassphrase("Once more: ", "the key");
      if (!again) return Report(again.error());
      if (*again != *given)
        return Report({Errc::kInvalidArgument, "the two passphrases differ; nothing was made"});
    }
    passphrase = *std::move(given);
  }
  const SigningKey key = SigningKey::Random();
  if (auto status = WritePrivateFile(options.file, key.ToFile(passphrase)); !status)
    return Report(status.error());
  const std::string shared = options.file + ".pub";
  if (auto status = WriteFileAtomically(shared, key.public_key().hex() + "\n"); !status)
    return Report(status.error());
  return Show(
      fmt::format("{}: keep it where no update can come from\n{}: give this one away\nid {}\n",
                  options.file, shared, key.public_key().id().substr(0, 12)));
}

/// Whose key may do what.
struct KeyChanges {
  std::string repository;
  std::vector<std::string> roots, releases, hubs;  ///< Files of public keys.
  std::vector<std::string> revoked;                ///< The same, or beginnings of ids.
  int root_threshold = 0, release_threshold = 0;   ///< 0: as it is.
  int days = 365;
};

Result<PublicKey> ReadPublicKey(const std::string& file) {
  auto content = ReadFile(file, 4096);
  if (!content) return content.error();
  content->erase(content->find_last_not_of(" \r\n") + 1);
  auto key = PublicKeyFromHex(*content);
  if (!key) return Prefixed(file, key.error());
  return key;
}

Status AddKeys(RootMetadata& root, const std::vector<std::string>& files,
               std::initializer_list<Role> roles) {
  for (const std::string& file : files) {
    const auto key = ReadPublicKey(file);
    if (!key) return key.error();
    root.keys.emplace(key->id(), *key);
    for (const Role role : roles) {
      auto& ids = root.of(role).key_ids;
      if (std::ranges::find(ids, key->id()) == ids.end()) ids.push_back(key->id());
    }
  }
  return {};
}

Status Revoke(RootMetadata& root, const std::string& which) {
  std::string id = which;
  if (const auto key = ReadPublicKey(which)) id = key->id();
  const auto found = std::ranges::find_if(
      root.keys, [&](const auto& entry) { return entry.first.starts_with(id); });
  if (id.size() < 6 || found == root.keys.end())
    return Error{Errc::kNotFound, "--revoke: there is no key '" + Shortened(which) + "'"};
  const std::string revoked = found->first;
  root.keys.erase(found);
  for (const Role role : kRoles) std::erase(root.of(role).key_ids, revoked);
  return {};
}

Status Apply(const KeyChanges& changes, RootMetadata& root) {
  for (const std::string& which : changes.revoked)
    if (auto status = Revoke(root, which); !status) return status;
  if (auto status = AddKeys(root, changes.roots, {Role::kRoot}); !status) return status;
  if (auto status = AddKeys(root, changes.releases, {Role::kTargets}); !status) return status;
  if (auto status = AddKeys(root, changes.hubs, {Role::kSnapshot, Role::kTimestamp}); !status)
    return status;
  if (changes.root_threshold > 0) root.of(Role::kRoot).threshold = changes.root_threshold;
  if (changes.release_threshold > 0) root.of(Role::kTargets).threshold = changes.release_threshold;
  return {};
}

std::string DraftsText(const std::vector<DraftState>& drafts) {
  std::string text;
  for (const DraftState& draft : drafts)
    text += fmt::format("{} {}: {} of {} signatures{}\n", RoleName(draft.role), draft.version,
                        draft.signatures, draft.needed,
                        draft.signatures < draft.needed ? "" : "; published");
  return text;
}

ExitCode Init(const KeyChanges& changes) {
  RootMetadata root{.version = 1, .expires = ExpiresIn(changes.days), .keys = {}, .roles = {}};
  if (auto status = Apply(changes, root); !status) return Report(status.error());
  const auto repository = Repository::Create(changes.repository, std::move(root));
  if (!repository) return Report(repository.error());
  return Show(DraftsText(repository->Drafts()) + "sign it: euphone bundle sign " +
              changes.repository + " --key FILE\n");
}

ExitCode ChangeKeys(const KeyChanges& changes) {
  auto repository = Repository::Open(changes.repository);
  if (!repository) return Report(repository.error());
  RootMetadata root = repository->root();
  if (auto status = Apply(changes, root); !status) return Report(status.error());
  if (auto status = repository->DraftRoot(std::move(root), ExpiresIn(changes.days)); !status)
    return Report(status.error());
  return Show(DraftsText(repository->Drafts()));
}

struct AddOptions {
  std::string repository, bundle, version, out;
  ReleaseTerms terms;
  int days = 180;
};

ExitCode AddRelease(const AddOptions& options) {
  auto repository = Repository::Open(options.repository);
  if (!repository) return Report(repository.error());
  const auto bundle = Bundle::Open(options.bundle);
  if (!bundle) return Report(bundle.error());
  const auto release =
      repository->Add(*bundle, options.terms, ExpiresIn(options.days), BarFor("cutting up"));
  if (Interrupted()) return ExitCode::kInterrupted;
  if (!release) return Report(release.error());
  return Show(fmt::format("{}: a draft\n{}", release->label(), DraftsText(repository->Drafts())));
}

ExitCode WithdrawRelease(const AddOptions& options) {
  auto repository = Repository::Open(options.repository);
  if (!repository) return Report(repository.error());
  if (auto status = repository->Withdraw(options.bundle, options.version, ExpiresIn(options.days));
      !status)
    return Report(status.error());
  return Show(DraftsText(repository->Drafts()));
}

struct SignOptions {
  std::string repository;
  std::vector<std::string> keys;
  std::string passphrase_file;
  bool renew = false;
  int days = 180, snapshot_days = 90, timestamp_days = 14;
};

Result<std::vector<SigningKey>> OpenKeys(const SignOptions& options) {
  std::vector<SigningKey> keys;
  for (const std::string& file : options.keys) {
    auto key = OpenPrivateKey(file, options.passphrase_file);
    if (!key) return key.error();
    keys.push_back(*std::move(key));
  }
  return keys;
}

ExitCode SignDrafts(const SignOptions& options) {
  auto repository = Repository::Open(options.repository);
  if (!repository) return Report(repository.error());
  if (options.renew) {
    if (auto status = repository->Renew(ExpiresIn(options.days)); !status)
      return Report(status.error());
  }
  const auto keys = OpenKeys(options);
  if (!keys) return Report(keys.error());
  std::string text;
  for (const SigningKey& key : *keys) {
    const auto drafts = repository->Sign(key);
    if (!drafts) return Report(drafts.error());
    text += DraftsText(*drafts);
  }
  return Show(text);
}

ExitCode AnnounceReleases(const SignOptions& options) {
  auto repository = Repository::Open(options.repository);
  if (!repository) return Report(repository.error());
  const auto keys = OpenKeys(options);
  if (!keys) return Report(keys.error());
  const std::int64_t expires = ExpiresIn(options.timestamp_days);
  if (auto status = repository->Announce(*keys, ExpiresIn(options.snapshot_days), expires); !status)
    return Report(status.error());
  return Show("announced; holds until " + InstantText(expires) + "\n");
}

void AddKeyOptions(CLI::App* command, KeyChanges& changes) {
  command->add_option("repository", changes.repository, "Its folder")->required();
  command->add_option("--root", changes.roots, "Public keys that may change keys")
      ->type_name("FILE");
  command->add_option("--release", changes.releases, "Public keys that may sign releases")
      ->type_name("FILE");
  command->add_option("--hub", changes.hubs, "Public keys that may say what holds now")
      ->type_name("FILE");
  command->add_option("--root-threshold", changes.root_threshold, "How many of the roots it takes")
      ->check(CLI::Range(1, 32));
  command
      ->add_option("--release-threshold", changes.release_threshold,
                   "How many signatures a release takes")
      ->check(CLI::Range(1, 32));
  command->add_option("--days", changes.days, "Until the keys have to be confirmed again")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
}

void AddSigningOptions(CLI::App* command, SignOptions& options) {
  command->add_option("repository", options.repository, "Its folder")->required();
  command->add_option("-k,--key", options.keys, "Secret keys")->required()->type_name("FILE");
  command
      ->add_option("--passphrase-file", options.passphrase_file,
                   "File whose first line is the passphrase (default: ask)")
      ->type_name("FILE");
}

}  // namespace

void AddRepositoryCommands(CLI::App& bundle, Global& global) {
  const auto run = [&global](CLI::App* command, auto what, auto options) {
    command->callback([=, &global] { global.run = [=] { return what(*options); }; });
  };
  auto keygen = std::make_shared<KeygenOptions>();
  CLI::App* make_key = bundle.add_subcommand("keygen", "Make a key for signing (Ed25519)");
  make_key->add_option("file", keygen->file, "File of the secret key; FILE.pub is the public one")
      ->required();
  make_key
      ->add_option("--passphrase-file", keygen->passphrase_file,
                   "File whose first line is the passphrase (default: ask)")
      ->type_name("FILE");
  make_key->add_flag("--no-passphrase", keygen->open, "Whoever has the file can sign (hubs)");
  run(make_key, MakeKey, keygen);

  auto fresh = std::make_shared<KeyChanges>();
  CLI::App* init = bundle.add_subcommand("init", "Begin a repository of signed releases");
  AddKeyOptions(init, *fresh);
  run(init, Init, fresh);

  auto changes = std::make_shared<KeyChanges>();
  CLI::App* keys = bundle.add_subcommand("keys", "Draft new keys or thresholds, or revoke keys");
  AddKeyOptions(keys, *changes);
  keys->add_option("--revoke", changes->revoked, "Public keys, or beginnings of their ids");
  run(keys, ChangeKeys, changes);

  auto add = std::make_shared<AddOptions>();
  CLI::App* added = bundle.add_subcommand("add", "Draft the release of a bundle");
  added->add_option("repository", add->repository, "Its folder")->required();
  added->add_option("bundle", add->bundle, "The bundle's folder or file")->required();
  added->add_option("--compatible", add->terms.compatible, "Kind of installation that it is for")
      ->capture_default_str();
  added->add_option("--minimum-runtime", add->terms.minimum_runtime, "Oldest Euphone that runs it")
      ->capture_default_str();
  added->add_option("--hardware", add->terms.hardware,
                    "Processors: x86_64, aarch64 (default: any)");
  added->add_option("--memory", add->terms.memory_mb, "MB of memory that a device must have")
      ->check(CLI::Range(0, 1 << 20));
  added->add_option("--days", add->days, "Until releases have to be signed again")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
  run(added, AddRelease, add);

  auto withdraw = std::make_shared<AddOptions>();
  CLI::App* withdrawn =
      bundle.add_subcommand("withdraw", "Draft that a release is offered no more");
  withdrawn->add_option("repository", withdraw->repository, "Its folder")->required();
  withdrawn->add_option("name", withdraw->bundle, "The bundle's name")->required();
  withdrawn->add_option("version", withdraw->version, "Its version")->required();
  run(withdrawn, WithdrawRelease, withdraw);

  auto sign = std::make_shared<SignOptions>();
  CLI::App* signing = bundle.add_subcommand("sign", "Sign drafts; what has enough is published");
  AddSigningOptions(signing, *sign);
  signing->add_flag("--renew", sign->renew, "The same releases, for longer");
  signing->add_option("--days", sign->days, "How much longer")
      ->capture_default_str()
      ->check(CLI::Range(1, 3650));
  run(signing, SignDrafts, sign);

  auto announce = std::make_shared<SignOptions>();
  CLI::App* announcing =
      bundle.add_subcommand("announce", "Say that what is published holds now (the hub's keys)");
  AddSigningOptions(announcing, *announce);
  announcing->add_option("--days", announce->timestamp_days, "Until devices want to hear it again")
      ->capture_default_str()
      ->check(CLI::Range(1, 365));
  run(announcing, AnnounceReleases, announce);

  auto collect = std::make_shared<AddOptions>();
  CLI::App* artifacts = bundle.add_subcommand(
      "artifacts", "Copy what a device needs for a release, for a hawkBit server");
  artifacts->add_option("repository", collect->repository, "Its folder")->required();
  artifacts->add_option("name", collect->bundle, "The bundle's name")->required();
  artifacts->add_option("out", collect->out, "Folder for the files")->required();
  artifacts->add_option("--version", collect->version, "This one (default: the newest)");
  run(
      artifacts,
      [](const AddOptions& chosen) {
        return CollectArtifacts(chosen.repository, chosen.bundle, chosen.version, chosen.out);
      },
      collect);
}

}  // namespace euphone::cli
