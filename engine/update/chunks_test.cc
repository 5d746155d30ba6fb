#include "update/chunks.h"

#include <gtest/gtest.h>

#include <set>

#include "model/digest.h"
#include "update/update_fixture.h"

namespace euphone {
namespace {

std::vector<std::string> Cut(const std::string& content) {
  std::vector<std::string> digests;
  for (auto rest = std::as_bytes(std::span(content)); !rest.empty();) {
    const std::size_t length = NextChunk(rest);
    digests.push_back(Sha256Hex(rest.first(length)));
    rest = rest.subspan(length);
  }
  return digests;
}

TEST(ChunksTest, APieceIsNeitherTooShortNorTooLongAndUsuallyAsLongAsMeant) {
  const std::string content = fixture::Noise(8 << 20, 1);
  std::size_t count = 0;
  for (auto rest = std::as_bytes(std::span(content)); !rest.empty(); ++count) {
    const std::size_t length = NextChunk(rest);
    EXPECT_LE(length, kMostChunk);
    if (length < rest.size()) {
      EXPECT_GE(length, kLeastChunk);
    }
    rest = rest.subspan(length);
  }
  const double mean = static_cast<double>(content.size()) / static_cast<double>(count);
  EXPECT_GT(mean, 0.7 * kUsualChunk);
  EXPECT_LT(mean, 1.5 * kUsualChunk);
}

TEST(ChunksTest, WhatIsPutInChangesThePiecesAroundItAlone) {
  const std::string old_content = fixture::Noise(4 << 20, 2);
  std::string new_content = old_content;
  new_content.insert(1 << 20, "a few bytes more");
  new_content[3 << 20] ^= 1;
  const auto before = Cut(old_content), after = Cut(new_content);
  const std::set<std::string> known(before.begin(), before.end());
  const auto fresh = std::ranges::count_if(
      after, [&](const std::string& digest) { return !known.contains(digest); });
  EXPECT_GE(fresh, 2);
  EXPECT_LE(fresh, 6);
}

TEST(ChunksTest, ContentOfOneValueIsCutToo) {
  EXPECT_EQ(Cut(std::string(1 << 20, '\0')).size(), 4U);
  EXPECT_EQ(NextChunk({}), 0U);
}

TEST(ChunksTest, AnIndexComesBackAsItWas) {
  const std::string digest(64, 'a');
  const ChunkIndex index{.files = {{.path = "manifest.json",
                                    .chunks = {{.sha256 = digest, .length = 10, .stored = 20}}},
                                   {.path = "test/empty", .chunks = {}}}};
  const auto again = ChunkIndex::Parse(index.ToText());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->ToText(), index.ToText());
  EXPECT_EQ(again->length(), 10);
}

TEST(ChunksTest, AnIndexThatLeavesTheBundleOrMakesNoSenseIsRefused) {
  const std::string head = "euphone-chunks 1\n", digest(64, 'a');
  for (const std::string& text :
       {std::string(), std::string("euphone-chunks 2\n"), head + "file ../manifest.json\n",
        head + "file /etc/passwd\n", head + "file a\nfile a\n", head + digest + " 1 1\n",
        head + "file a\n" + digest + " 0 1\n", head + "file a\n" + digest + " 1\n",
        head + "file a\n" + digest + " 99999999 1\n", head + "file a\n" + digest + " -1 1\n",
        head + "file a~\n"})
    EXPECT_FALSE(ChunkIndex::Parse(text)) << text;
}

}  // namespace
}  // namespace euphone
