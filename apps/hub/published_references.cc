#include "hub/published_references.h"

#include <span>

#include "base/compression.h"
#include "model/digest.h"
#include "update/chunks.h"

namespace euphone::hub {
namespace {

using Signer = euphone::Role;  // Not the hub's, of its users.

constexpr const char* kReferenceFile = "reference.json";

std::string ContentDigest(const std::string& text) {
  return Sha256Hex(std::as_bytes(std::span(text)));
}

}  // namespace

std::optional<std::string> PublishedReferences::Read(const std::string& path) const {
  auto text = read_(path);
  return text ? *std::move(text) : std::nullopt;
}

/// Signatures were looked at when they were handed in; and an expired release is one all the same.
void PublishedReferences::LookAtReleases() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_look_) return;
  next_look_ = now + rest_;
  const auto newest = Read("metadata/timestamp.json");
  if (!newest || *newest == timestamp_) return;
  std::optional<std::string> text = newest;
  for (const auto& [role, names] :
       {std::pair(Signer::kTimestamp, "snapshot"), std::pair(Signer::kSnapshot, "targets")}) {
    const auto document = SignedDocument::Parse(*text);
    const auto pointer = document ? ParsePointer(document->body, role) : document.error();
    if (!pointer) return;
    text = Read("metadata/" + std::to_string(pointer->target_version) + "." + names + ".json");
    if (!text) return;
  }
  const auto document = SignedDocument::Parse(*text);
  auto targets = document ? ParseTargets(document->body) : document.error();
  if (!targets) return;
  targets_ = *std::move(targets);
  timestamp_ = *newest;
}

Result<std::optional<ScoreReference>> PublishedReferences::ReferenceOf(
    const Release& release) const {
  const Error unread{Errc::kIo, release.label()};
  const auto text = Read(ChunkIndex::PathOf(release.chunks.sha256));
  if (!text || ContentDigest(*text) != release.chunks.sha256) return unread;
  const auto index = ChunkIndex::Parse(*text);
  if (!index) return unread;
  std::string content;
  for (const ChunkedFile& file : index->files) {
    if (file.path != kReferenceFile || std::cmp_greater(file.length(), kMostReferenceBytes))
      continue;
    for (const Chunk& chunk : file.chunks) {
      const auto stored = Read(chunk.path());
      const auto piece = stored ? Decompressed(*stored, kMostChunk) : unread;
      if (!piece || ContentDigest(*piece) != chunk.sha256) return unread;
      content += *piece;
    }
  }
  auto reference = ReadScoreReference(content);
  return reference ? std::optional(*std::move(reference)) : std::nullopt;
}

const ScoreReference* PublishedReferences::Find(std::string_view bundle, std::string_view version) {
  LookAtReleases();
  const Release* const release = targets_.Find(bundle, version);
  if (release == nullptr) return nullptr;
  auto known = known_.find(release->id());
  if (known == known_.end()) {
    auto reference = ReferenceOf(*release);
    if (!reference) return nullptr;
    known = known_.emplace(release->id(), *std::move(reference)).first;
  }
  return known->second ? &*known->second : nullptr;
}

}  // namespace euphone::hub
