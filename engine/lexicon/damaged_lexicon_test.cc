#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>

#include "lexicon/compiled_lexicon.h"
#include "lexicon/english_fixture.h"
#include "lexicon/lexicon_compiler.h"
#include "lexicon/lexicon_format.h"

// Run with EUPHONE_SANITIZE=address,undefined to see reads outside the bytes.

namespace euphone {
namespace {

using fixture::Phones;

constexpr int kWords = 100;

std::string Word(int index) { return "w" + fixture::NumberedWord(index * 37); }

std::string WholeLexicon() {
  std::string dictionary;
  for (int i = 0; i < kWords; ++i) {
    dictionary += Word(i) + " W ER1 D\n";
    if (i % 3 == 0) dictionary += Word(i) + " W ER0 D Z\n";
  }
  return CompileLexicon(*ParseDictionary(dictionary, Phones()), Phones()).value();
}

std::span<const std::byte> Bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

/// Looks every word up; whatever comes back must be printable phones. Gives how many were found.
int LookAround(const std::string& bytes) {
  const auto lexicon = CompiledLexicon::View(Bytes(bytes), Phones());
  if (!lexicon) return 0;
  int found = 0;
  for (int i = 0; i < kWords; ++i) {
    const auto variants = lexicon->Find(Word(i));
    for (const auto& variant : variants) EXPECT_FALSE(fixture::Arpabet(variant.phones).empty());
    found += variants.empty() ? 0 : 1;
  }
  return found;
}

TEST(DamagedLexicon, IsNoticedWhicheverByteChanges) {
  const std::string whole = WholeLexicon();
  ASSERT_EQ(LookAround(whole), kWords);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_FALSE(CompiledLexicon::View(Bytes(damaged), Phones())) << "byte " << at;
  }
}

TEST(DamagedLexicon, IsNoticedWhereverItIsCut) {
  const std::string whole = WholeLexicon();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    EXPECT_FALSE(CompiledLexicon::View(Bytes(cut), Phones())) << size << " bytes";
  }
}

// A forger can write the right checksum; then the checks at every access have to hold.
TEST(DamagedLexicon, WithAForgedChecksumIsReadWithoutHarm) {
  const std::string whole = WholeLexicon();
  std::mt19937 random(20240501);
  int opened_and_hurt = 0;
  for (int round = 0; round < 600; ++round) {
    std::string damaged = whole;
    const int flips = 1 + static_cast<int>(random() % 8);
    for (int flip = 0; flip < flips; ++flip) {
      const std::size_t at =
          lexicon_format::kWordCountAt + random() % (damaged.size() - lexicon_format::kWordCountAt);
      damaged[at] = static_cast<char>(random());
    }
    if (round % 4 == 0) damaged.resize(lexicon_format::kBlocksAt + random() % damaged.size());
    SealLexicon(damaged);
    const int found = LookAround(damaged);
    opened_and_hurt += found > 0 && found < kWords ? 1 : 0;
  }
  EXPECT_GT(opened_and_hurt, 60);  // The damage reached the reader, not only the header's checks.
}

TEST(DamagedLexicon, WithAHugeWordCountIsRefused) {
  std::string damaged = WholeLexicon();
  lexicon_format::StoreLittle(std::uint32_t{0xFFFFFFFF},
                              damaged.data() + lexicon_format::kWordCountAt);
  SealLexicon(damaged);
  EXPECT_EQ(CompiledLexicon::View(Bytes(damaged), Phones()).error().code, Errc::kCorrupt);
}

}  // namespace
}  // namespace euphone
