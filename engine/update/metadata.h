#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "update/signing.h"

namespace euphone {

/// The four documents of The Update Framework (TUF specification 1.0.31), read strictly, for a
/// repository of bundles. docs/formats/release.md. Times are seconds since 1970, UTC.

enum class Role { kRoot, kTargets, kSnapshot, kTimestamp };
inline constexpr std::array<Role, 4> kRoles = {Role::kRoot, Role::kTargets, Role::kSnapshot,
                                               Role::kTimestamp};
const char* RoleName(Role role);  ///< "root"
Result<Role> RoleFromName(std::string_view name);

/// Whose signatures a role needs, and how many of them.
struct RoleKeys {
  std::vector<std::string> key_ids;
  int threshold = 1;
};

struct RootMetadata {
  std::int64_t version = 1;
  std::int64_t expires = 0;
  std::map<std::string, PublicKey> keys;  ///< By their ids.
  std::array<RoleKeys, 4> roles;          ///< In the order of Role.

  const RoleKeys& of(Role role) const { return roles[static_cast<std::size_t>(role)]; }
  RoleKeys& of(Role role) { return roles[static_cast<std::size_t>(role)]; }
};

/// What a release's file is in its repository: by its size and SHA-256.
struct FileDigest {
  std::int64_t length = 0;
  std::string sha256;
  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

/// One bundle that devices may install: which it is, and for whom.
struct Release {
  std::string kind;      ///< As in the bundle's manifest: "acoustic".
  std::string name;      ///< "en-us-standard"
  std::string version;   ///< "1.2.0"; for one name it only rises.
  std::string language;  ///< "en-US"
  /// What it replaces: a device takes only what is compatible with its own kind of installation.
  std::string compatible;                  ///< "euphone"
  std::string minimum_runtime;             ///< Version of the program: "0.1.0".
  std::vector<std::string> hardware;       ///< "x86_64", "aarch64"; empty: any.
  std::int64_t memory_mb = 0;              ///< That a device must have; 0: any.
  std::vector<std::string> licences = {};  ///< SPDX
  struct Accuracy {
    std::string measure, value, unit, data;  ///< `value` as a text: fractions cannot be signed.
  };
  std::vector<Accuracy> accuracy;
  FileDigest bundle;  ///< The single file NAME-VERSION.euphone.
  FileDigest chunks;  ///< The index of its pieces; chunk_index.h.

  std::string label() const { return name + " " + version; }
  std::string file_name() const { return name + "-" + version + ".euphone"; }
  /// What stands for this very content, also if a version were made twice.
  const std::string& id() const { return chunks.sha256; }
};

struct TargetsMetadata {
  std::int64_t version = 1;
  std::int64_t expires = 0;
  std::vector<Release> releases;  ///< Sorted by file name.

  /// The newest one of that name, or null.
  const Release* Newest(std::string_view name) const;
  const Release* Find(std::string_view name, std::string_view wanted) const;
};

/// A snapshot names the one version of targets.json that holds; a timestamp that of snapshot.json.
struct PointerMetadata {
  std::int64_t version = 1;
  std::int64_t expires = 0;
  std::int64_t target_version = 1;
  FileDigest target;
};

nlohmann::json ToJson(const RootMetadata& root);
nlohmann::json ToJson(const TargetsMetadata& targets);
/// `role`: kSnapshot or kTimestamp.
nlohmann::json ToJson(const PointerMetadata& pointer, Role role);

/// From the canonical body of a document. Fails: kCorrupt, naming the field.
Result<RootMetadata> ParseRoot(std::string_view body);
Result<TargetsMetadata> ParseTargets(std::string_view body);
Result<PointerMetadata> ParsePointer(std::string_view body, Role role);

/// Whether enough of the role's keys stand for the document, each counted once. Fails: kCorrupt,
/// with how many are missing.
Status CheckSignatures(const SignedDocument& document, const RootMetadata& root, Role role);

/// "2026-11-28T12:00:00Z", and back. Fails: kCorrupt.
std::string InstantText(std::int64_t seconds);
Result<std::int64_t> ParseInstant(std::string_view text);

}  // namespace euphone
