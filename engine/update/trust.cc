#include "update/trust.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <system_error>

#include "base/file.h"
#include "model/digest.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxMetadataBytes = 4 << 20;
constexpr int kMaxRootSteps = 256;  // New roots in one go; a source may not lead us on for ever.
constexpr const char* kClock = "clock";

std::string File(Role role) { return std::string(RoleName(role)) + ".json"; }

Status CheckDigest(const std::string& content, const FileDigest& expected) {
  if (std::cmp_equal(content.size(), expected.length) &&
      Sha256Hex(std::as_bytes(std::span(content))) == expected.sha256)
    return {};
  return Error{Errc::kCorrupt, "is not the file that was signed for"};
}

Status CheckFresh(std::int64_t expires, std::int64_t now) {
  if (now < expires) return {};
  return Error{Errc::kUnsupported, "expired at " + InstantText(expires) +
                                       "; it has to be signed anew (is this device's "
                                       "clock right?)"};
}

Status CheckNotBack(std::int64_t version, std::int64_t before) {
  if (version >= before) return {};
  return Error{Errc::kCorrupt, "goes back from version " + std::to_string(before) + " to " +
                                   std::to_string(version)};
}

Result<SignedDocument> SignedBy(const std::string& text, const RootMetadata& root, Role role) {
  auto document = SignedDocument::Parse(text);
  if (!document) return document.error();
  if (auto status = CheckSignatures(*document, root, role); !status) return status.error();
  return document;
}

bool SameKeys(const RoleKeys& a, const RoleKeys& b) {
  return a.threshold == b.threshold && a.key_ids == b.key_ids;
}

}  // namespace

Status TrustStore::Begin(const fs::path& folder, std::string_view root) {
  auto document = SignedDocument::Parse(root);
  if (!document) return Prefixed("root.json", document.error());
  const auto parsed = ParseRoot(document->body);
  if (!parsed) return Prefixed("root.json", parsed.error());
  if (auto status = CheckSignatures(*document, *parsed, Role::kRoot); !status)
    return Prefixed("root.json", status.error());
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{Errc::kIo, folder.string() + ": " + error.message()};
  for (const Role role : {Role::kTimestamp, Role::kSnapshot, Role::kTargets})
    fs::remove(folder / File(role), error);
  return WriteFileAtomically(folder / File(Role::kRoot), root);
}

Result<TrustStore> TrustStore::Open(fs::path folder) {
  TrustStore store(std::move(folder));
  auto text = store.Kept(File(Role::kRoot));
  if (!text) return text.error();
  const std::string where = (store.folder_ / File(Role::kRoot)).string();
  if (!*text) {
    return Error{Errc::kNotFound,
                 where + ": no repository is trusted yet; `euphone update trust ROOT.json` begins"};
  }
  const auto document = SignedDocument::Parse(**text);
  if (!document) return Prefixed(where, document.error());
  auto root = ParseRoot(document->body);
  if (!root) return Prefixed(where, root.error());
  store.root_ = std::move(*root);
  // What was believed of targets is only shown; a damaged copy is fetched anew.
  if (auto kept = store.Kept(File(Role::kTargets)); kept && *kept) {
    if (const auto signed_document = SignedBy(**kept, store.root_, Role::kTargets)) {
      if (auto targets = ParseTargets(signed_document->body)) store.targets_ = std::move(*targets);
    }
  }
  return store;
}

Result<std::optional<std::string>> TrustStore::Kept(const std::string& name) const {
  auto content = ReadFile(folder_ / name, kMaxMetadataBytes);
  if (content) return std::optional(std::move(*content));
  if (content.error().code == Errc::kNotFound) return std::optional<std::string>();
  return content.error();
}

std::int64_t TrustStore::LatestSeen() const {
  const auto kept = Kept(kClock);
  std::int64_t latest = 0;
  if (kept && *kept) std::from_chars((*kept)->data(), (*kept)->data() + (*kept)->size(), latest);
  return latest;
}

std::optional<PointerMetadata> TrustStore::KeptPointer(Role role) const {
  const auto text = Kept(File(role));
  if (!text || !*text) return std::nullopt;
  const auto document = SignedBy(**text, root_, role);
  if (!document) return std::nullopt;
  const auto pointer = ParsePointer(document->body, role);
  return pointer ? std::optional(*pointer) : std::nullopt;
}

Result<PointerMetadata> TrustStore::NewPointer(const std::string& text, Role role,
                                               std::int64_t now) {
  const auto document = SignedBy(text, root_, role);
  if (!document) return document.error();
  auto pointer = ParsePointer(document->body, role);
  if (!pointer) return pointer.error();
  if (const auto before = KeptPointer(role)) {
    if (auto status = CheckNotBack(pointer->version, before->version); !status)
      return status.error();
    if (auto status = CheckNotBack(pointer->target_version, before->target_version); !status)
      return Prefixed(role == Role::kSnapshot ? "of targets.json" : "of snapshot.json",
                      status.error());
  }
  if (auto status = CheckFresh(pointer->expires, now); !status) return status.error();
  if (auto status = Keep(File(role), text); !status) return status.error();
  return pointer;
}

Status TrustStore::Keep(const std::string& name, const std::string& text) const {
  const auto kept = Kept(name);
  if (kept && *kept && **kept == text) return {};  // Spares a card.
  return WriteFileAtomically(folder_ / name, text);
}

Status TrustStore::FollowRoots(UpdateSource& source) {
  for (int step = 0; step < kMaxRootSteps; ++step) {
    const std::string name = std::to_string(root_.version + 1) + ".root.json";
    auto text = source.Fetch("metadata/" + name, kMaxMetadataBytes);
    if (!text && text.error().code == Errc::kNotFound) return {};
    if (!text) return text.error();
    // By the old keys and by the new ones: who has lost his keys cannot be followed.
    const auto document = SignedBy(*text, root_, Role::kRoot);
    if (!document) return Prefixed(name, document.error());
    auto next = ParseRoot(document->body);
    if (!next) return Prefixed(name, next.error());
    if (auto status = CheckSignatures(*document, *next, Role::kRoot); !status)
      return Prefixed(name, status.error());
    if (next->version != root_.version + 1)
      return Error{Errc::kCorrupt, name + ": holds version " + std::to_string(next->version)};
    // Whoever had the old online keys may have made versions as high as he liked (5.3.11).
    std::error_code error;
    for (const Role role : {Role::kTimestamp, Role::kSnapshot, Role::kTargets}) {
      if (!SameKeys(root_.of(role), next->of(role))) fs::remove(folder_ / File(role), error);
    }
    if (auto status = WriteFileAtomically(folder_ / File(Role::kRoot), *text); !status)
      return status;
    root_ = std::move(*next);
  }
  return Error{Errc::kTooLarge, "more than 256 new roots at once; try again"};
}

Result<PointerMetadata> TrustStore::NewTimestamp(UpdateSource& source, std::int64_t now) {
  const std::string name = File(Role::kTimestamp);
  const auto text = source.Fetch("metadata/" + name, kMaxMetadataBytes);
  if (!text) return text.error();
  auto timestamp = NewPointer(*text, Role::kTimestamp, now);
  if (!timestamp) return Prefixed(name, timestamp.error());
  return timestamp;
}

Result<PointerMetadata> TrustStore::NewSnapshot(UpdateSource& source,
                                                const PointerMetadata& timestamp,
                                                std::int64_t now) {
  const std::string name = File(Role::kSnapshot);
  const auto text = source.Fetch(
      "metadata/" + std::to_string(timestamp.target_version) + "." + name, kMaxMetadataBytes);
  if (!text) return text.error();
  if (auto status = CheckDigest(*text, timestamp.target); !status)
    return Prefixed(name, status.error());
  auto snapshot = NewPointer(*text, Role::kSnapshot, now);
  if (!snapshot) return Prefixed(name, snapshot.error());
  if (snapshot->version != timestamp.target_version)
    return Error{Errc::kCorrupt, name + ": is another version than timestamp.json says"};
  return snapshot;
}

Result<TargetsMetadata> TrustStore::NewTargets(UpdateSource& source,
                                               const PointerMetadata& snapshot, std::int64_t now) {
  const std::string name = File(Role::kTargets);
  auto text = source.Fetch("metadata/" + std::to_string(snapshot.target_version) + "." + name,
                           kMaxMetadataBytes);
  if (!text) return text.error();
  if (auto status = CheckDigest(*text, snapshot.target); !status)
    return Prefixed(name, status.error());
  const auto document = SignedBy(*text, root_, Role::kTargets);
  if (!document) return Prefixed(name, document.error());
  auto targets = ParseTargets(document->body);
  if (!targets) return Prefixed(name, targets.error());
  if (targets->version != snapshot.target_version)
    return Error{Errc::kCorrupt, name + ": is another version than snapshot.json says"};
  if (auto status = CheckFresh(targets->expires, now); !status)
    return Prefixed(name, status.error());
  if (auto status = Keep(name, *text); !status) return status.error();
  return targets;
}

Result<TargetsMetadata> TrustStore::Refresh(UpdateSource& source, std::int64_t now) {
  const std::int64_t latest = LatestSeen(), at = std::max(now, latest);
  if (auto status = FollowRoots(source); !status) return status.error();
  if (auto status = CheckFresh(root_.expires, at); !status)
    return Prefixed("root.json", status.error());
  const auto timestamp = NewTimestamp(source, at);
  if (!timestamp) return timestamp.error();
  const auto snapshot = NewSnapshot(source, *timestamp, at);
  if (!snapshot) return snapshot.error();
  auto targets = NewTargets(source, *snapshot, at);
  if (!targets) return targets.error();
  // Only a time at which all was fresh: a clock that ran ahead must not lock this device out. Once
  // a day is enough.
  if (at >= latest + 86400) {
    if (auto status = Keep(kClock, std::to_string(at) + "\n"); !status) return status.error();
  }
  targets_ = *targets;
  return targets;
}

}  // namespace euphone
