#include "model/token_list.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace euphone {
namespace {

using Ids = std::vector<std::int64_t>;

/// A file of tokens with these pieces, all shorter than 128 bytes.
std::string FileOf(const std::vector<std::string>& pieces) {
  std::string bytes;
  for (const std::string& piece : pieces) bytes += static_cast<char>(piece.size()) + piece;
  return bytes;
}

Result<TokenList> Parse(const std::string& bytes) {
  return TokenList::Parse(std::as_bytes(std::span(bytes)));
}

TEST(TokenList, SpellsTheWordsThatTokensStandFor) {
  const auto tokens = Parse(FileOf({"<unk>", "<s>", "</s>", "\u2581tea", "\u2581for", "ty", ""}));
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->size(), 7u);
  EXPECT_EQ(tokens->Text(Ids{1, 3, 4, 5, 6, 2}), "tea forty");
  EXPECT_EQ(tokens->Text(Ids{}), "");
}

TEST(TokenList, ReadsPiecesWhoseLengthNeedsTwoBytes) {
  const std::string piece(300, 'x');
  const auto tokens = Parse(FileOf({"a"}) + "\xac\x02" + piece + FileOf({"b"}));
  ASSERT_TRUE(tokens) << tokens.error().message;
  EXPECT_EQ(tokens->Text(Ids{0, 1, 2}), "a" + piece + "b");
}

TEST(TokenList, JoinsCharactersThatAreSpelledByteByByte) {
  const auto tokens = Parse(FileOf({"caf", "\xc3", "\xa9"}));
  EXPECT_EQ(tokens->Text(Ids{0, 1, 2}), "café");
}

TEST(TokenList, DropsWhatIsNoText) {
  const auto tokens = Parse(
      FileOf({"a", "\xc3", "\xff", "\xed\xa0\x80", "\xe0\x80\x80", "\xf4\x90\x80\x80", "b", "\n"}));
  EXPECT_EQ(tokens->Text(Ids{0, 1, 6}), "ab");
  EXPECT_EQ(tokens->Text(Ids{0, 2, 3, 4, 5, 6}), "ab");
  EXPECT_EQ(tokens->Text(Ids{7, 0, 7, 6, 7}), "a b");
  EXPECT_EQ(tokens->Text(Ids{0, 1}), "a");
}

TEST(TokenList, RefusesAFileThatWasCutAnywhereInsideAPiece) {
  const std::string whole = FileOf({"one", "two"}) + "\x80\x01" + std::string(128, 'x');
  ASSERT_TRUE(Parse(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    if (size == 8) continue;  // Two whole pieces.
    const auto tokens = Parse(whole.substr(0, size));
    ASSERT_FALSE(tokens) << size;
    EXPECT_EQ(tokens.error().code, Errc::kCorrupt);
  }
}

TEST(TokenList, RefusesMorePiecesThanAnyModelHas) {
  EXPECT_FALSE(Parse(std::string((1 << 20) + 1, '\0')));
  EXPECT_TRUE(Parse(std::string(1 << 20, '\0')));
}

}  // namespace
}  // namespace euphone
