#include "update/repository.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/compression.h"
#include "base/file.h"
#include "base/sem_ver.h"
#include "model/digest.h"
#include "model/pack.h"
#include "update/chunks.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxBytes = 4 << 20;

std::string FileOf(Role role) { return std::string(RoleName(role)) + ".json"; }

FileDigest DigestOf(std::string_view content) {
  return {.length = std::ssize(content), .sha256 = Sha256Hex(std::as_bytes(std::span(content)))};
}

Status WriteNew(const fs::path& path, std::string_view content) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return Error{Errc::kIo, path.parent_path().string() + ": " + error.message()};
  return WriteFileAtomically(path, content);
}

/// A fraction as a text, in the shortest form that reads back the same.
std::string FractionText(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

Release ReleaseOf(const Manifest& manifest, const ReleaseTerms& terms) {
  Release release{.kind = manifest.kind(),
                  .name = manifest.name,
                  .version = manifest.version,
                  .language = manifest.language,
                  .compatible = terms.compatible,
                  .minimum_runtime = terms.minimum_runtime,
                  .hardware = terms.hardware,
                  .memory_mb = terms.memory_mb,
                  .licences = {},
                  .accuracy = {},
                  .bundle = {},
                  .chunks = {}};
  for (const LicenceEntry& licence : manifest.licences) {
    if (std::ranges::find(release.licences, licence.spdx) == release.licences.end())
      release.licences.push_back(licence.spdx);
  }
  for (const AccuracyEntry& entry : manifest.accuracy)
    release.accuracy.push_back({.measure = entry.measure,
                                .value = FractionText(entry.value),
                                .unit = entry.unit,
                                .data = entry.data});
  return release;
}

/// Stores what is new of one file under chunks/.
Result<ChunkedFile> StoreChunks(const fs::path& folder, const std::string& path,
                                std::span<const std::byte> content,
                                const std::function<bool(std::int64_t)>& progress) {
  ChunkedFile file{.path = path, .chunks = {}};
  while (!content.empty()) {
    const auto piece = content.first(NextChunk(content));
    content = content.subspan(piece.size());
    Chunk chunk{.sha256 = Sha256Hex(piece), .length = std::ssize(piece)};
    std::error_code error;
    if (const auto there = fs::file_size(folder / chunk.path(), error); !error) {
      chunk.stored = static_cast<std::int64_t>(there);
    } else {
      const std::string stored =
          Compressed({reinterpret_cast<const char*>(piece.data()), piece.size()});
      chunk.stored = std::ssize(stored);
      if (auto status = WriteNew(folder / chunk.path(), stored); !status) return status.error();
    }
    if (!progress(chunk.length)) return Error{Errc::kInvalidArgument, "stopped"};
    file.chunks.push_back(std::move(chunk));
  }
  return file;
}

}  // namespace

fs::path Repository::Metadata(std::int64_t version, Role role) const {
  return folder_ / "metadata" / (std::to_string(version) + "." + FileOf(role));
}

fs::path Repository::Draft(Role role) const { return folder_ / "draft" / FileOf(role); }

Result<Repository> Repository::Create(fs::path folder, RootMetadata root) {
  std::error_code error;
  if (fs::exists(folder / "metadata", error) || fs::exists(folder / "draft", error))
    return Error{Errc::kInvalidArgument, folder.string() + ": there is a repository already"};
  Repository repository(std::move(folder));
  root.version = 1;
  const std::int64_t expires = root.expires;
  if (auto status = repository.DraftRoot(std::move(root), expires); !status) return status.error();
  return repository;
}

Result<Repository> Repository::Open(fs::path folder) {
  Repository repository(std::move(folder));
  if (auto status = repository.Load(); !status) return status.error();
  if (!repository.root_ && !repository.draft_root_) {
    return Error{Errc::kNotFound, repository.folder_.string() +
                                      ": there is no repository; `euphone bundle init` makes one"};
  }
  return repository;
}

Status Repository::Load() {
  root_.reset();
  draft_root_.reset();
  draft_targets_.reset();
  targets_ = {.version = 0, .expires = 0, .releases = {}};
  const auto newest = [&](Role role) -> Result<std::optional<std::string>> {
    std::optional<std::string> text;
    for (std::int64_t version = 1;; ++version) {
      auto next = ReadFile(Metadata(version, role), kMaxBytes);
      if (!next && next.error().code == Errc::kNotFound) return text;
      if (!next) return next.error();
      text = std::move(*next);
    }
  };
  const auto body = [](const std::string& text) -> Result<std::string> {
    auto document = SignedDocument::Parse(text);
    if (!document) return document.error();
    return document->body;
  };
  const auto load = [&](Role role, Result<std::optional<std::string>> text, auto parse,
                        auto&& keep) -> Status {
    if (!text) return text.error();
    if (!*text) return {};
    const auto inner = body(**text);
    auto parsed = inner ? parse(*inner) : decltype(parse(*inner))(inner.error());
    if (!parsed) return Prefixed(folder_.string() + ": " + FileOf(role), parsed.error());
    keep = std::move(*parsed);
    return {};
  };
  const auto draft = [&](Role role) -> Result<std::optional<std::string>> {
    auto text = ReadFile(Draft(role), kMaxBytes);
    if (!text && text.error().code == Errc::kNotFound) return std::optional<std::string>();
    if (!text) return text.error();
    return std::optional(std::move(*text));
  };
  if (auto status = load(Role::kRoot, newest(Role::kRoot), ParseRoot, root_); !status)
    return status;
  if (auto status = load(Role::kRoot, draft(Role::kRoot), ParseRoot, draft_root_); !status)
    return status;
  if (auto status = load(Role::kTargets, newest(Role::kTargets), ParseTargets, targets_); !status)
    return status;
  return load(Role::kTargets, draft(Role::kTargets), ParseTargets, draft_targets_);
}

Status Repository::DraftRoot(RootMetadata next, std::int64_t expires) {
  next.version = root_ ? root_->version + 1 : 1;
  next.expires = expires;
  const auto document = SignedDocument::Make(ToJson(next));
  if (!document) return document.error();
  // What cannot be read back would lock everybody out.
  if (auto read = ParseRoot(document->body); !read)
    return Error{Errc::kInvalidArgument, read.error().message};
  if (auto status = WriteNew(Draft(Role::kRoot), document->ToText()); !status) return status;
  draft_root_ = std::move(next);
  return {};
}

Status Repository::DraftTargets(std::int64_t expires) {
  draft_targets_->version = targets_.version + 1;
  draft_targets_->expires = expires;
  std::ranges::sort(draft_targets_->releases, {}, &Release::file_name);
  const auto document = SignedDocument::Make(ToJson(*draft_targets_));
  if (!document) return document.error();
  if (auto read = ParseTargets(document->body); !read)
    return Error{Errc::kInvalidArgument, read.error().message};
  return WriteNew(Draft(Role::kTargets), document->ToText());
}

Result<Release> Repository::Add(const Bundle& bundle, const ReleaseTerms& terms,
                                std::int64_t expires,
                                const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  const Manifest& manifest = bundle.manifest();
  Release release = ReleaseOf(manifest, terms);
  if (const Release* newest = targets().Newest(release.name);
      newest != nullptr && ReadSemVer(release.version) <= ReadSemVer(newest->version)) {
    return Error{Errc::kInvalidArgument, bundle.name() + ": " + release.label() +
                                             " is not newer than " + newest->version +
                                             ", which is there; give it a higher version"};
  }
  auto packed = PackBundle(bundle);
  if (!packed) return packed.error();
  const auto all = static_cast<std::int64_t>(manifest.bytes());
  std::int64_t done = 0;
  const auto told = [&](std::int64_t bytes) {
    done += bytes;
    return !progress || progress(std::min(done, all), all);
  };
  ChunkIndex index;
  const auto store = [&](const std::string& path, std::span<const std::byte> content) -> Status {
    auto file = StoreChunks(folder_, path, content, told);
    if (!file) return file.error();
    index.files.push_back(std::move(*file));
    return {};
  };
  if (auto status = store("manifest.json", std::as_bytes(std::span(bundle.manifest_text())));
      !status)
    return status.error();
  for (const BundleFile& file : manifest.files) {
    if (auto status = store(file.path, bundle.bytes(file.path)); !status) return status.error();
  }
  const std::string text = index.ToText();
  release.chunks = DigestOf(text);
  release.bundle = DigestOf(*packed);
  if (auto status = WriteNew(folder_ / ChunkIndex::PathOf(release.chunks.sha256), text); !status)
    return status.error();
  const fs::path target = folder_ / "targets" / (release.bundle.sha256 + "." + release.file_name());
  if (auto status = WriteNew(target, *packed); !status) return status.error();
  if (!draft_targets_) draft_targets_ = targets_;
  draft_targets_->releases.push_back(release);
  if (auto status = DraftTargets(expires); !status) return status.error();
  return release;
}

Status Repository::Withdraw(std::string_view name, std::string_view version, std::int64_t expires) {
  if (targets().Find(name, version) == nullptr) {
    return Error{Errc::kNotFound, folder_.string() + ": there is no " + std::string(name) + " " +
                                      std::string(version)};
  }
  if (!draft_targets_) draft_targets_ = targets_;
  std::erase_if(draft_targets_->releases, [&](const Release& release) {
    return release.name == name && release.version == version;
  });
  return DraftTargets(expires);
}

Status Repository::Renew(std::int64_t expires) {
  if (!draft_targets_) draft_targets_ = targets_;
  return DraftTargets(expires);
}

Result<DraftState> Repository::StateOf(Role role, const SignedDocument& draft) const {
  // A root is signed by the keys before it and by its own; the one that lacks more is told.
  const auto count = [&](const RootMetadata& root) {
    int good = 0;
    for (const std::string& id : root.of(role).key_ids) {
      good += std::ranges::any_of(draft.signatures, [&](const Signature& signature) {
        return signature.key_id == id && Verifies(root.keys.at(id), draft.body, signature.hex);
      });
    }
    return std::pair(good, root.of(role).threshold);
  };
  auto [good, needed] = count(root_ && role != Role::kRoot ? *root_ : root());
  if (role == Role::kRoot && root_) {
    const auto [old_good, old_needed] = count(*root_);
    if (old_needed - old_good > needed - good)
      std::tie(good, needed) = std::pair(old_good, old_needed);
  }
  return DraftState{.role = role,
                    .version = role == Role::kRoot ? draft_root_->version : draft_targets_->version,
                    .signatures = good,
                    .needed = needed};
}

std::vector<DraftState> Repository::Drafts() const {
  std::vector<DraftState> states;
  for (const Role role : {Role::kRoot, Role::kTargets}) {
    if (role == Role::kRoot ? !draft_root_.has_value() : !draft_targets_.has_value()) continue;
    const auto text = ReadFile(Draft(role), kMaxBytes);
    const auto draft = text ? SignedDocument::Parse(*text) : Result<SignedDocument>(text.error());
    if (!draft) continue;
    if (const auto state = StateOf(role, *draft)) states.push_back(*state);
  }
  return states;
}

Status Repository::PublishIfComplete(Role role) {
  const auto text = ReadFile(Draft(role), kMaxBytes);
  if (!text && text.error().code == Errc::kNotFound) return {};
  const auto draft = text ? SignedDocument::Parse(*text) : Result<SignedDocument>(text.error());
  if (!draft) return draft.error();
  const auto state = StateOf(role, *draft);
  if (!state) return state.error();
  // Releases wait for a root that is published.
  if (state->signatures < state->needed || (role == Role::kTargets && !root_)) return {};
  if (auto status = WriteNew(Metadata(state->version, role), *text); !status) return status;
  std::error_code error;
  fs::remove(Draft(role), error);
  return Load();
}

Result<std::vector<DraftState>> Repository::Sign(const SigningKey& key) {
  const std::string id = key.public_key().id();
  std::vector<DraftState> signed_ones;
  for (const Role role : {Role::kRoot, Role::kTargets}) {
    auto text = ReadFile(Draft(role), kMaxBytes);
    if (!text && text.error().code == Errc::kNotFound) continue;
    if (!text) return text.error();
    auto draft = SignedDocument::Parse(*text);
    if (!draft) return Prefixed(Draft(role).string(), draft.error());
    const auto may = [&](const std::optional<RootMetadata>& root) {
      return root && std::ranges::find(root->of(role).key_ids, id) != root->of(role).key_ids.end();
    };
    if (!may(root_) && !may(role == Role::kRoot || !root_ ? draft_root_ : root_)) continue;
    draft->Add(key);
    if (auto status = WriteNew(Draft(role), draft->ToText()); !status) return status.error();
    const auto state = StateOf(role, *draft);
    if (!state) return state.error();
    signed_ones.push_back(*state);
  }
  if (signed_ones.empty()) {
    return Error{Errc::kInvalidArgument, folder_.string() +
                                             ": nothing waits for a signature by this key (" +
                                             id.substr(0, 12) + ")"};
  }
  // The root first, which releases may have waited for.
  for (const Role role : {Role::kRoot, Role::kTargets}) {
    if (auto status = PublishIfComplete(role); !status) return status.error();
  }
  return signed_ones;
}

Result<std::optional<PointerMetadata>> Repository::Pointer(const fs::path& path, Role role) const {
  const auto text = ReadFile(path, kMaxBytes);
  if (!text && text.error().code == Errc::kNotFound) return std::optional<PointerMetadata>();
  if (!text) return text.error();
  const auto document = SignedDocument::Parse(*text);
  if (!document) return Prefixed(path.string(), document.error());
  auto pointer = ParsePointer(document->body, role);
  if (!pointer) return Prefixed(path.string(), pointer.error());
  return std::optional(*pointer);
}

Result<std::optional<PointerMetadata>> Repository::Announced() const {
  return Pointer(folder_ / "metadata" / FileOf(Role::kTimestamp), Role::kTimestamp);
}

Status Repository::Announce(const std::vector<SigningKey>& keys, std::int64_t snapshot_expires,
                            std::int64_t timestamp_expires) {
  if (!root_ || targets_.version == 0) {
    return Error{Errc::kInvalidArgument,
                 folder_.string() + ": nothing is published yet; sign the drafts first"};
  }
  const auto signed_text = [&](const PointerMetadata& pointer, Role role) -> Result<std::string> {
    auto document = SignedDocument::Make(ToJson(pointer, role));
    if (!document) return document.error();
    for (const SigningKey& key : keys) {
      const auto& ids = root_->of(role).key_ids;
      if (std::ranges::find(ids, key.public_key().id()) != ids.end()) document->Add(key);
    }
    if (auto status = CheckSignatures(*document, *root_, role); !status)
      return Error{Errc::kInvalidArgument, FileOf(role) + ": " + status.error().message};
    return document->ToText();
  };
  const auto targets_text = ReadFile(Metadata(targets_.version, Role::kTargets), kMaxBytes);
  if (!targets_text) return targets_text.error();
  const auto before = Announced();
  if (!before) return before.error();
  PointerMetadata snapshot{.version = *before ? (*before)->target_version : 0,
                           .expires = snapshot_expires,
                           .target_version = targets_.version,
                           .target = DigestOf(*targets_text)};
  // The one before does where it says the same, and for long enough.
  const fs::path path = Metadata(snapshot.version, Role::kSnapshot);
  Result<std::string> snapshot_text = ReadFile(path, kMaxBytes);
  const auto old = Pointer(path, Role::kSnapshot);
  if (!old || !*old || (*old)->target != snapshot.target || (*old)->expires < timestamp_expires) {
    ++snapshot.version;
    snapshot_text = signed_text(snapshot, Role::kSnapshot);
    if (!snapshot_text) return snapshot_text.error();
    const auto written = WriteNew(Metadata(snapshot.version, Role::kSnapshot), *snapshot_text);
    if (!written) return written;
  }
  const PointerMetadata timestamp{.version = *before ? (*before)->version + 1 : 1,
                                  .expires = timestamp_expires,
                                  .target_version = snapshot.version,
                                  .target = DigestOf(*snapshot_text)};
  const auto timestamp_text = signed_text(timestamp, Role::kTimestamp);
  if (!timestamp_text) return timestamp_text.error();
  return WriteNew(folder_ / "metadata" / FileOf(Role::kTimestamp), *timestamp_text);
}

}  // namespace euphone
