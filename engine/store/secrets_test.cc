#include "store/secrets.h"

#include <gtest/gtest.h>

#include "base/compression.h"

namespace euphone {
namespace {

TEST(Secrets, WhatWasSealedComesBackWhateverItsLength) {
  const SecretKey key = RandomKey();
  for (const std::size_t size : {0u, 1u, 65535u, 65536u, 65537u, 200000u}) {
    std::string content(size, '\0');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 7);
    const std::string sealed = Sealed(content, key);
    const auto back = Unsealed(sealed, key);
    ASSERT_TRUE(back) << size;
    EXPECT_EQ(*back, content);
    EXPECT_FALSE(Unsealed(sealed, RandomKey()));
  }
}

TEST(Secrets, AChangedCutOrReorderedFileIsNotOpened) {
  const SecretKey key = RandomKey();
  const std::string sealed = Sealed(std::string(150000, 'a'), key);
  for (std::size_t at = 0; at < sealed.size(); at += 997) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(Unsealed(changed, key)) << at;
  }
  for (std::size_t size = 0; size < sealed.size(); size += 4099)
    EXPECT_FALSE(Unsealed(sealed.substr(0, size), key)) << size;
  // Whole pieces left out at the end.
  const std::size_t head = 8 + 24, piece = 65536 + 17;
  EXPECT_FALSE(Unsealed(sealed.substr(0, head + piece), key));
  EXPECT_FALSE(Unsealed(sealed.substr(0, head) + sealed.substr(head + piece, piece) +
                            sealed.substr(head, piece) + sealed.substr(head + 2 * piece),
                        key));
}

TEST(Secrets, ABoxOpensWithItsKeyOnly) {
  const SecretKey key = RandomKey();
  const std::string box = Boxed("message", key);
  EXPECT_EQ(Unboxed(box, key).value(), "message");
  EXPECT_FALSE(Unboxed(box, RandomKey()));
  EXPECT_FALSE(Unboxed("short", key));
}

TEST(Secrets, KeysHaveAWrittenForm) {
  const SecretKey key = RandomKey();
  EXPECT_EQ(KeyFromHex(ToHex(key)).value(), key);
  EXPECT_FALSE(KeyFromHex("12"));
  EXPECT_FALSE(KeyFromHex(std::string(64, 'g')));
}

TEST(Secrets, EachPurposeHasAKeyOfItsOwn) {
  const SecretKey key = RandomKey();
  EXPECT_EQ(DerivedKey(key, "database"), DerivedKey(key, "database"));
  EXPECT_FALSE(DerivedKey(key, "database") == DerivedKey(key, "another1"));
}

TEST(Secrets, APassphraseWithItsSaltGivesAlwaysTheSameKey) {
  const std::string salt = RandomSalt();
  const PassphraseCost cheap{.passes = 1, .bytes = 1 << 16};
  EXPECT_EQ(PassphraseKey("a", salt, cheap).value(), PassphraseKey("a", salt, cheap).value());
  EXPECT_FALSE(PassphraseKey("a", salt, cheap).value() == PassphraseKey("b", salt, cheap).value());
  EXPECT_FALSE(PassphraseKey("a", RandomSalt(), cheap).value() ==
               PassphraseKey("a", salt, cheap).value());
}

TEST(Secrets, NamesTellNothingWithoutTheKey) {
  const SecretKey key = RandomKey();
  EXPECT_EQ(KeyedName("content", key), KeyedName("content", key));
  EXPECT_NE(KeyedName("content", key), KeyedName("content", RandomKey()));
  EXPECT_EQ(KeyedName("content", key).size(), 64u);
}

TEST(Secrets, IdentifiersAreRandomAndOfVersion4) {
  const std::string uuid = RandomUuid();
  EXPECT_EQ(uuid.size(), 36u);
  EXPECT_EQ(uuid[14], '4');
  EXPECT_NE(uuid, RandomUuid());
}

TEST(Compression, DocumentsComeBackAndDamageIsNoticed) {
  std::string document;
  for (int i = 0; i < 2000; ++i) document += "{\"score\":" + std::to_string(i % 100) + "}";
  std::string compressed = Compressed(document);
  EXPECT_LT(compressed.size(), document.size() / 5);
  EXPECT_EQ(Decompressed(compressed).value(), document);
  EXPECT_EQ(Decompressed(Compressed("")).value(), "");
  EXPECT_EQ(Decompressed(compressed, 100).error().code, Errc::kTooLarge);
  EXPECT_FALSE(Decompressed("nonsense"));
  compressed[compressed.size() / 2] = static_cast<char>(compressed[compressed.size() / 2] ^ 8);
  EXPECT_FALSE(Decompressed(compressed));
}

}  // namespace
}  // namespace euphone
