#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// How bundles are cut so that a new version shares what has not changed with an old one: where
/// the content itself says so (FastCDC; Xia et al., USENIX ATC 2016, with normalised chunking of
/// level 2). Pure functions; docs/formats/release.md gives the constants.

inline constexpr std::size_t kLeastChunk = 16 << 10, kUsualChunk = 64 << 10, kMostChunk = 256 << 10;

/// The length of the chunk that `content` begins with; all of it where it is short.
std::size_t NextChunk(std::span<const std::byte> content);

/// One piece: its SHA-256, how long it is, and how long its file under chunks/ is (Zstandard).
struct Chunk {
  std::string sha256;
  std::int64_t length = 0;
  std::int64_t stored = 0;

  std::string path() const { return "chunks/" + sha256.substr(0, 2) + "/" + sha256 + ".zst"; }
};

struct ChunkedFile {
  std::string path;  ///< In the bundle: "manifest.json", "model.onnx".
  std::vector<Chunk> chunks;

  std::int64_t length() const;
};

/// What a release consists of, and all that has to be signed for it.
struct ChunkIndex {
  std::vector<ChunkedFile> files;

  std::int64_t length() const;
  std::string ToText() const;
  /// Fails: kCorrupt, naming the line; kTooLarge over what a bundle may have.
  static Result<ChunkIndex> Parse(std::string_view text);
  /// Where an index with this digest lies in a repository.
  static std::string PathOf(std::string_view sha256) {
    return "chunks/" + std::string(sha256) + ".index";
  }
};

inline constexpr std::size_t kMaxIndexBytes = 8 << 20;

}  // namespace euphone
