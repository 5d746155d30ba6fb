#include "lexicon/lexicon_compiler.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "lexicon/lexicon_format.h"
#include "lexicon/word_key.h"

namespace euphone {
namespace {

using lexicon_format::kMaxLength;

using Variants = std::vector<std::vector<Phone>>;
using SortedWords = std::map<std::string_view, Variants>;

void AppendByte(std::string& bytes, std::size_t value) {
  bytes.push_back(static_cast<char>(static_cast<std::uint8_t>(value)));
}

/// Appends a word, given the word before it in its block (empty for the first).
void AppendWord(std::string& bytes, std::string_view word, std::string_view previous) {
  const auto differs = std::mismatch(word.begin(), word.end(), previous.begin(), previous.end());
  const auto shared = static_cast<std::size_t>(differs.first - word.begin());
  AppendByte(bytes, shared);
  AppendByte(bytes, word.size() - shared);
  bytes.append(word.substr(shared));
}

void AppendVariants(std::string& bytes, const Variants& variants) {
  AppendByte(bytes, variants.size());
  for (const auto& phones : variants) {
    AppendByte(bytes, phones.size());
    for (const Phone phone : phones) AppendByte(bytes, lexicon_format::PackPhone(phone));
  }
}

Result<SortedWords> Sorted(std::span<const DictionaryEntry> entries) {
  SortedWords words;
  for (const DictionaryEntry& entry : entries) {
    if (!IsWord(entry.word)) continue;
    Variants& variants = words[entry.word];
    if (std::find(variants.begin(), variants.end(), entry.phones) != variants.end()) continue;
    variants.push_back(entry.phones);
    if (std::max({entry.word.size(), entry.phones.size(), variants.size()}) > kMaxLength) {
      return Error{Errc::kTooLarge, "line " + std::to_string(entry.line) + ": '" + entry.word +
                                        "' has more than 255 letters, phones or variants"};
    }
  }
  if (words.empty()) return Error{Errc::kInvalidArgument, "the dictionary lists no words"};
  return words;
}

}  // namespace

Result<std::string> CompileLexicon(std::span<const DictionaryEntry> entries,
                                   const PhoneSet& phones) {
  using namespace lexicon_format;
  if (phones.size() > kMaxPhones)
    return Error{Errc::kTooLarge, "a compiled lexicon has room for 64 phones only"};
  const auto words = Sorted(entries);
  if (!words) return words.error();

  const std::size_t block_count = (words->size() + kBlockWords - 1) / kBlockWords;
  std::string bytes(kBlocksAt + block_count * sizeof(std::uint32_t), '\0');
  std::size_t entry_count = 0;
  std::size_t index = 0;
  std::string_view previous;
  for (const auto& [word, variants] : *words) {
    if (index % kBlockWords == 0) {
      const std::size_t slot = kBlocksAt + index / kBlockWords * sizeof(std::uint32_t);
      StoreLittle(static_cast<std::uint32_t>(bytes.size()), bytes.data() + slot);
      previous = {};
    }
    AppendWord(bytes, word, previous);
    AppendVariants(bytes, variants);
    previous = word;
    entry_count += variants.size();
    ++index;
  }
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max())
    return Error{Errc::kTooLarge, "the dictionary is over 4 GiB when compiled"};

  std::copy(kMagic.begin(), kMagic.end(), bytes.begin());
  StoreLittle(kVersion, bytes.data() + kVersionAt);
  StoreLittle(PhonesDigest(phones), bytes.data() + kPhonesAt);
  StoreLittle(static_cast<std::uint32_t>(words->size()), bytes.data() + kWordCountAt);
  StoreLittle(static_cast<std::uint32_t>(entry_count), bytes.data() + kEntryCountAt);
  SealLexicon(bytes);
  return bytes;
}

void SealLexicon(std::string& bytes) {
  using namespace lexicon_format;
  const auto covered = std::as_bytes(std::span(bytes)).subspan(kPhonesAt);
  StoreLittle(Checksum(covered), bytes.data() + kChecksumAt);
}

}  // namespace euphone
