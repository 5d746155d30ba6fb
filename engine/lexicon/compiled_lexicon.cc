#include "lexicon/compiled_lexicon.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "lexicon/lexicon_format.h"

namespace euphone {
namespace {

using lexicon_format::kBlocksAt;
using lexicon_format::kBlockWords;
using lexicon_format::LoadLittle;

/// Reads bytes from the front; past the end it gives zeros and stays failed.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> rest) : rest_(rest) {}

  std::uint8_t Byte() {
    const auto one = Take(1);
    return one.empty() ? std::uint8_t{0} : std::to_integer<std::uint8_t>(one[0]);
  }
  std::span<const std::byte> Take(std::size_t count) {
    if (count > rest_.size()) {
      failed_ = true;
      rest_ = {};
    }
    const auto taken = rest_.first(std::min(count, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  bool at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }

 private:
  std::span<const std::byte> rest_;
  bool failed_ = false;
};

std::string_view AsText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Walks through the words of a block. After Next(), exactly one of the variant calls is due.
class BlockReader {
 public:
  explicit BlockReader(std::span<const std::byte> block) : cursor_(block) {}

  /// False at the end, or where the bytes make no sense.
  bool Next() {
    if (cursor_.at_end()) return false;
    const std::size_t shared = cursor_.Byte();
    const auto suffix = cursor_.Take(cursor_.Byte());
    if (cursor_.failed() || shared > size_ || shared + suffix.size() > word_.size()) return false;
    const auto text = AsText(suffix);
    std::copy(text.begin(), text.end(), word_.begin() + static_cast<std::ptrdiff_t>(shared));
    size_ = shared + suffix.size();
    return true;
  }
  std::string_view word() const { return {word_.data(), size_}; }

  void SkipVariants() {
    for (int left = cursor_.Byte(); left > 0 && !cursor_.failed(); --left)
      cursor_.Take(cursor_.Byte());
  }

  /// Empty if a phone id is not below `phone_count`.
  std::vector<Pronunciation> ReadVariants(std::size_t phone_count) {
    std::vector<Pronunciation> variants(cursor_.Byte());
    for (Pronunciation& variant : variants) {
      const auto codes = cursor_.Take(cursor_.Byte());
      if (cursor_.failed() || codes.empty()) return {};
      variant.phones.reserve(codes.size());
      for (const std::byte code : codes) {
        const Phone phone = lexicon_format::UnpackPhone(std::to_integer<std::uint8_t>(code));
        if (static_cast<std::size_t>(phone.id) >= phone_count) return {};
        variant.phones.push_back(phone);
      }
    }
    return variants;
  }

 private:
  Cursor cursor_;
  std::array<char, lexicon_format::kMaxLength> word_{};
  std::size_t size_ = 0;
};

/// The first word of a block, which is written in full.
std::string_view FirstWord(std::span<const std::byte> block) {
  Cursor cursor(block);
  cursor.Byte();
  return AsText(cursor.Take(cursor.Byte()));
}

Error Corrupt(const std::string& what) {
  return {Errc::kCorrupt, "damaged lexicon (" + what + "); install the language pack again"};
}

}  // namespace

Result<CompiledLexicon> CompiledLexicon::Open(const std::filesystem::path& path,
                                              const PhoneSet& phones) {
  auto file = MappedFile::Open(path);
  if (!file) return file.error();
  auto lexicon = View(file->bytes(), phones);
  if (!lexicon) return Prefixed(path.string(), lexicon.error());
  lexicon->file_ = std::move(*file);
  return lexicon;
}

Result<CompiledLexicon> CompiledLexicon::View(std::span<const std::byte> bytes,
                                              const PhoneSet& phones) {
  using namespace lexicon_format;
  if (bytes.size() < kBlocksAt || AsText(bytes.first(kMagic.size())) != kMagic)
    return Error{Errc::kCorrupt, "not a compiled lexicon"};
  if (const auto version = LoadLittle<std::uint32_t>(&bytes[kVersionAt]); version != kVersion) {
    return Error{Errc::kUnsupported, "lexicon of format " + std::to_string(version) +
                                         ", but this program reads format " +
                                         std::to_string(kVersion)};
  }
  if (LoadLittle<std::uint64_t>(&bytes[kChecksumAt]) != Checksum(bytes.subspan(kPhonesAt)))
    return Corrupt("its checksum differs");
  if (LoadLittle<std::uint64_t>(&bytes[kPhonesAt]) != PhonesDigest(phones))
    return Error{Errc::kUnsupported, "the lexicon was compiled for another set of phones"};

  CompiledLexicon lexicon;
  lexicon.bytes_ = bytes;
  lexicon.word_count_ = LoadLittle<std::uint32_t>(&bytes[kWordCountAt]);
  lexicon.entry_count_ = LoadLittle<std::uint32_t>(&bytes[kEntryCountAt]);
  lexicon.phone_count_ = phones.size();
  const std::size_t blocks_end = kBlocksAt + lexicon.block_count() * sizeof(std::uint32_t);
  if (blocks_end > bytes.size()) return Corrupt("its table of blocks is cut short");
  std::size_t previous = blocks_end;
  for (std::size_t at = kBlocksAt; at < blocks_end; at += sizeof(std::uint32_t)) {
    const std::size_t start = LoadLittle<std::uint32_t>(&bytes[at]);
    if (start < previous || start > bytes.size()) return Corrupt("its blocks are out of order");
    previous = start;
  }
  return lexicon;
}

std::size_t CompiledLexicon::block_count() const {
  return (word_count_ + kBlockWords - 1) / kBlockWords;
}

std::span<const std::byte> CompiledLexicon::Block(std::size_t index) const {
  const std::byte* slot = &bytes_[kBlocksAt + index * sizeof(std::uint32_t)];
  const std::size_t begin = LoadLittle<std::uint32_t>(slot);
  const std::size_t end = index + 1 == block_count()
                              ? bytes_.size()
                              : LoadLittle<std::uint32_t>(slot + sizeof(std::uint32_t));
  return bytes_.subspan(begin, end - begin);
}

std::vector<Pronunciation> CompiledLexicon::Find(std::string_view key) const {
  std::size_t low = 0;  // Blocks before `low` start at or before `key`.
  std::size_t high = block_count();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (FirstWord(Block(middle)) <= key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return {};
  BlockReader block(Block(low - 1));
  while (block.Next()) {
    const int order = block.word().compare(key);
    if (order == 0) return block.ReadVariants(phone_count_);
    if (order > 0) break;
    block.SkipVariants();
  }
  return {};
}

}  // namespace euphone
