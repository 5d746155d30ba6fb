#include "hub/publication.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string_view>
#include <vector>

#include "model/digest.h"
#include "update/metadata.h"

namespace euphone::hub {
namespace {

using Signer = euphone::Role;  // Not the hub's, of its users.

constexpr std::string_view kFolder = "metadata/";
constexpr int kMostRoots = 1024;

/// "metadata/3.targets.json" → 3, kTargets; "metadata/timestamp.json" → 0, kTimestamp.
struct DocumentName {
  std::int64_t version = 0;
  Signer role = Signer::kRoot;
};

std::string PathOf(std::int64_t version, Signer role) {
  return std::string(kFolder) + std::to_string(version) + "." + RoleName(role) + ".json";
}

std::optional<DocumentName> NameIn(const std::string& path) {
  if (path == "metadata/timestamp.json") return DocumentName{.role = Signer::kTimestamp};
  DocumentName name;
  const char* const begin = path.data() + std::min(kFolder.size(), path.size());
  std::from_chars(begin, path.data() + path.size(), name.version);
  for (const auto role : {Signer::kRoot, Signer::kTargets, Signer::kSnapshot}) {
    name.role = role;
    if (name.version > 0 && path == PathOf(name.version, role)) return name;
  }
  return std::nullopt;
}

Error Refused(const std::string& path, const std::string& why) {
  return {Errc::kInvalidArgument, path + ": " + why + "; devices would not believe it"};
}

Result<SignedDocument> SignedBy(const std::string& text, const RootMetadata& root, Signer role) {
  auto document = SignedDocument::Parse(text);
  if (!document) return document.error();
  if (Status enough = CheckSignatures(*document, root, role); !enough) return enough.error();
  return document;
}

/// A root by its own keys and, where there is one, by those of the root before it.
Result<RootMetadata> RootIn(const std::string& text, const RootMetadata* before) {
  const auto document = SignedDocument::Parse(text);
  if (!document) return document.error();
  auto root = ParseRoot(document->body);
  if (!root) return root;
  if (before != nullptr)
    if (Status old = CheckSignatures(*document, *before, Signer::kRoot); !old)
      return Prefixed("by the keys before it", old.error());
  if (Status own = CheckSignatures(*document, *root, Signer::kRoot); !own) return own.error();
  if (const std::int64_t due = before == nullptr ? 1 : before->version + 1; root->version != due)
    return Error{Errc::kInvalidArgument, "holds version " + std::to_string(root->version) +
                                             " and not " + std::to_string(due)};
  return root;
}

/// All roots that are published, from the first.
Result<std::vector<RootMetadata>> Roots(const ReadPublished& read) {
  std::vector<RootMetadata> roots;
  for (int version = 1; version <= kMostRoots; ++version) {
    const std::string path = PathOf(version, Signer::kRoot);
    const auto text = read(path);
    if (!text) return text.error();
    if (!*text) break;
    auto root = RootIn(**text, roots.empty() ? nullptr : &roots.back());
    if (!root) return Refused(path, root.error().message);
    roots.push_back(*std::move(root));
  }
  return roots;
}

/// What a document points to: there, of that digest, and signed.
Result<SignedDocument> Named(const PointerMetadata& pointer, Signer role, const RootMetadata& root,
                             const ReadPublished& read) {
  const std::string path = PathOf(pointer.target_version, role);
  const auto text = read(path);
  if (!text) return text.error();
  if (!*text) return Error{Errc::kInvalidArgument, "names " + path + ", which is not here yet"};
  if (!std::cmp_equal((*text)->size(), pointer.target.length) ||
      Sha256Hex(std::as_bytes(std::span(**text))) != pointer.target.sha256)
    return Error{Errc::kInvalidArgument, "names another " + path + " than the one that is here"};
  auto document = SignedBy(**text, root, role);
  if (!document) return Prefixed(path, document.error());
  return document;
}

Status Fresh(const std::string& what, std::int64_t expires, std::int64_t now) {
  if (now < expires) return {};
  return Error{Errc::kInvalidArgument, what + "expired at " + InstantText(expires)};
}

Status CheckTimestamp(const std::string& path, const std::string& content, const RootMetadata& root,
                      const ReadPublished& read, std::int64_t now) {
  const auto document = SignedBy(content, root, Signer::kTimestamp);
  if (!document) return document.error();
  const auto timestamp = ParsePointer(document->body, Signer::kTimestamp);
  if (!timestamp) return timestamp.error();
  if (Status fresh = Fresh("", timestamp->expires, now); !fresh) return fresh;
  if (Status fresh = Fresh("its root ", root.expires, now); !fresh) return fresh;
  const auto before = read(path);
  if (!before) return before.error();
  if (const auto old = *before ? SignedBy(**before, root, Signer::kTimestamp)
                               : Result<SignedDocument>(Error{Errc::kNotFound, ""})) {
    const auto pointer = ParsePointer(old->body, Signer::kTimestamp);
    if (pointer && pointer->version > timestamp->version)
      return Error{Errc::kInvalidArgument, "goes back from version " +
                                               std::to_string(pointer->version) + " to " +
                                               std::to_string(timestamp->version)};
  }
  const auto snapshot = Named(*timestamp, Signer::kSnapshot, root, read);
  if (!snapshot) return snapshot.error();
  const auto pointer = ParsePointer(snapshot->body, Signer::kSnapshot);
  if (!pointer) return pointer.error();
  if (Status fresh = Fresh("its snapshot ", pointer->expires, now); !fresh) return fresh;
  const auto named = Named(*pointer, Signer::kTargets, root, read);
  if (!named) return named.error();
  const auto targets = ParseTargets(named->body);
  if (!targets) return targets.error();
  return Fresh("its releases ", targets->expires, now);
}

}  // namespace

Status CheckPublished(const std::string& path, const std::string& content,
                      const ReadPublished& read, std::int64_t now) {
  if (!path.starts_with(kFolder)) return {};
  const auto name = NameIn(path);
  if (!name) return Refused(path, "is no document of a repository");
  const auto roots = Roots(read);
  if (!roots) return roots.error();
  if (name->role == Signer::kRoot) {
    const auto count = std::ssize(*roots);
    if (name->version <= count) return {};  // It is compared with what is there.
    if (name->version > count + 1) return Refused(path, "the root before it comes first");
    const auto root = RootIn(content, roots->empty() ? nullptr : &roots->back());
    return root ? Status() : Refused(path, root.error().message);
  }
  if (roots->empty()) return Refused(path, "there is no metadata/1.root.json yet");
  if (name->role == Signer::kTimestamp) {
    const Status sound = CheckTimestamp(path, content, roots->back(), read, now);
    if (sound || sound.error().code == Errc::kIo) return sound;
    return Refused(path, sound.error().message);
  }
  // Documents of earlier keys come along; whether they hold is asked where they are named.
  Status last;
  for (auto root = roots->rbegin(); root != roots->rend(); ++root) {
    const auto document = SignedBy(content, *root, name->role);
    if (document) return {};
    if (last) last = Refused(path, document.error().message);
  }
  return last;
}

}  // namespace euphone::hub
