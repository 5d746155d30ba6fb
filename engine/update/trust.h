#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "update/metadata.h"
#include "update/signing.h"
#include "update/source.h"

namespace euphone {

/// What this device believes of a repository: whose signatures count, and how new its documents
/// were when last seen. It lies apart from what is installed, so that no update can take it back.
/// The order of checks is TUF's (specification 5.3 to 5.6): documents are signed by enough keys,
/// are never older than before, agree with each other, and have not expired. Thread: one at a time;
/// several programs keep apart by the caller's lock.
class TrustStore {
 public:
  /// Begins to trust `root` (a root.json); what was believed before is forgotten. Fails: kCorrupt
  /// for one that is not signed by its own keys; kIo.
  static Status Begin(const std::filesystem::path& folder, std::string_view root);

  /// Fails: kNotFound where nothing is trusted yet; kCorrupt for a damaged folder; kIo.
  static Result<TrustStore> Open(std::filesystem::path folder);

  /// Fetches what is new. `now`: seconds since 1970 by the device's clock, which may be wrong: time
  /// never goes back behind what was seen before, so that an old repository does not come back to
  /// life on a device that has lost its time. Nothing is believed before all was checked. Fails:
  /// kCorrupt (signatures, versions that go back, documents that do not agree), kUnsupported
  /// (expired, naming when), and what the source gives.
  Result<TargetsMetadata> Refresh(UpdateSource& source, std::int64_t now);

  const RootMetadata& root() const { return root_; }
  /// What was last believed, expired or not; nothing before the first Refresh.
  const std::optional<TargetsMetadata>& targets() const { return targets_; }

 private:
  explicit TrustStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::optional<std::string>> Kept(const std::string& name) const;
  Status Keep(const std::string& name, const std::string& text) const;
  std::optional<PointerMetadata> KeptPointer(Role role) const;
  Result<PointerMetadata> NewPointer(const std::string& text, Role role, std::int64_t now);
  Status FollowRoots(UpdateSource& source);
  Result<PointerMetadata> NewTimestamp(UpdateSource& source, std::int64_t now);
  Result<PointerMetadata> NewSnapshot(UpdateSource& source, const PointerMetadata& timestamp,
                                      std::int64_t now);
  Result<TargetsMetadata> NewTargets(UpdateSource& source, const PointerMetadata& snapshot,
                                     std::int64_t now);
  std::int64_t LatestSeen() const;

  std::filesystem::path folder_;
  RootMetadata root_;
  std::optional<TargetsMetadata> targets_;
};

}  // namespace euphone
