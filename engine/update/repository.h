#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/bundle.h"
#include "update/metadata.h"
#include "update/signing.h"

namespace euphone {

/// For whom a bundle is; the rest of a Release is the bundle's own.
struct ReleaseTerms {
  std::string compatible = "euphone";
  std::string minimum_runtime = "0.0.0";
  std::vector<std::string> hardware = {};
  std::int64_t memory_mb = 0;
};

/// A draft that waits for signatures, and how many it has.
struct DraftState {
  Role role = Role::kTargets;
  std::int64_t version = 1;
  int signatures = 0;
  int needed = 1;
};

/// A repository of signed bundles as its owner sees it: a folder with published metadata, the files
/// of releases, and drafts. Secret keys never lie in it: a draft may go to each signer on a stick
/// and back. What is published is never changed, only followed by a next version, and the timestamp
/// comes last, so that devices see either what was or what is.
/// Thread: one at a time.
class Repository {
 public:
  /// A new repository whose first root is a draft. Fails: kInvalidArgument where there is one; kIo.
  static Result<Repository> Create(std::filesystem::path folder, RootMetadata root);
  /// Fails: kNotFound, kCorrupt, kIo.
  static Result<Repository> Open(std::filesystem::path folder);

  /// The newest root, be it a draft; version 0 nowhere.
  const RootMetadata& root() const { return draft_root_ ? *draft_root_ : *root_; }
  bool has_published_root() const { return root_.has_value(); }
  /// The releases that will hold, be it as a draft.
  const TargetsMetadata& targets() const { return draft_targets_ ? *draft_targets_ : targets_; }

  /// Drafts a next root: keys and thresholds as in `next`, version and time set here.
  Status DraftRoot(RootMetadata next, std::int64_t expires);

  /// Cuts a bundle up, stores it, and puts it into the draft of releases. `progress` is told of
  /// bytes done and in all; false stops. Fails: kInvalidArgument for a version that is not above
  /// the newest of its name, or where stopped; kCorrupt; kIo.
  Result<Release> Add(const Bundle& bundle, const ReleaseTerms& terms, std::int64_t expires,
                      const std::function<bool(std::int64_t, std::int64_t)>& progress);
  /// Takes a release out of the draft; devices that have it keep it. Fails: kNotFound.
  Status Withdraw(std::string_view name, std::string_view version, std::int64_t expires);
  /// The same releases for longer.
  Status Renew(std::int64_t expires);

  /// Signs what waits for this key's signature, and publishes what has enough. Gives the drafts
  /// that were signed. Fails: kInvalidArgument where the key has nothing to sign.
  Result<std::vector<DraftState>> Sign(const SigningKey& key);
  std::vector<DraftState> Drafts() const;

  /// Says that what is published holds now: a new snapshot where something is new, and a new
  /// timestamp. Fails: kInvalidArgument for keys that are not of these roles, or where nothing is
  /// published.
  Status Announce(const std::vector<SigningKey>& keys, std::int64_t snapshot_expires,
                  std::int64_t timestamp_expires);
  /// What was last announced; nothing before.
  Result<std::optional<PointerMetadata>> Announced() const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  explicit Repository(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::filesystem::path Metadata(std::int64_t version, Role role) const;
  std::filesystem::path Draft(Role role) const;
  Status Load();
  Status DraftTargets(std::int64_t expires);
  Result<DraftState> StateOf(Role role, const SignedDocument& draft) const;
  Status PublishIfComplete(Role role);
  Result<std::optional<PointerMetadata>> Pointer(const std::filesystem::path& path,
                                                 Role role) const;

  std::filesystem::path folder_;
  std::optional<RootMetadata> root_, draft_root_;
  TargetsMetadata targets_{.version = 0, .expires = 0, .releases = {}};  ///< Version 0: none yet.
  std::optional<TargetsMetadata> draft_targets_;
};

}  // namespace euphone
