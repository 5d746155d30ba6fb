#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "lexicon/pronunciation.h"

namespace euphone {

/// A language's dictionary in its compact form, read in place (docs/formats/lexicon.md).
/// Every access is checked against the bytes: damaged or forged ones give wrong or no
/// pronunciations, never a crash. Immutable; may be read from any thread.
class CompiledLexicon {
 public:
  /// Maps a file and checks its header and checksum. Fails: kNotFound, kIo, kCorrupt,
  /// kUnsupported (another version, other phones than `phones`).
  static Result<CompiledLexicon> Open(const std::filesystem::path& path, const PhoneSet& phones);

  /// The same on bytes in memory, which must outlive the lexicon. Fails: kCorrupt, kUnsupported.
  static Result<CompiledLexicon> View(std::span<const std::byte> bytes, const PhoneSet& phones);

  std::size_t word_count() const { return word_count_; }
  std::size_t entry_count() const { return entry_count_; }  ///< Pronunciations, by the header.

  /// All variants of a WordKey in the dictionary's order, Origin::kLexicon; empty if it is not
  /// there. Allocates nothing but the answer.
  std::vector<Pronunciation> Find(std::string_view key) const;

 private:
  CompiledLexicon() = default;
  std::size_t block_count() const;
  std::span<const std::byte> Block(std::size_t index) const;

  std::optional<MappedFile> file_;
  std::span<const std::byte> bytes_;
  std::size_t word_count_ = 0;
  std::size_t entry_count_ = 0;
  std::size_t phone_count_ = 0;
};

}  // namespace euphone
