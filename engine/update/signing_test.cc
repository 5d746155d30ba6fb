#include "update/signing.h"

#include <gtest/gtest.h>

#include "update/metadata.h"

namespace euphone {
namespace {

using Json = nlohmann::json;

TEST(SigningTest, ASignatureHoldsForItsMessageAndNoOther) {
  const SigningKey key = SigningKey::Random();
  const std::string signature = key.Sign("what was meant");
  EXPECT_TRUE(Verifies(key.public_key(), "what was meant", signature));
  EXPECT_FALSE(Verifies(key.public_key(), "what was not", signature));
  EXPECT_FALSE(Verifies(SigningKey::Random().public_key(), "what was meant", signature));
  EXPECT_FALSE(Verifies(key.public_key(), "what was meant", signature.substr(2)));
  EXPECT_FALSE(Verifies(key.public_key(), "what was meant", std::string(128, 'g')));
}

// RFC 8032, 7.1, test 2: one byte.
TEST(SigningTest, AKeyOfTheStandardVerifiesItsSignature) {
  const auto key =
      PublicKeyFromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  ASSERT_TRUE(key);
  EXPECT_TRUE(Verifies(*key, "\x72",
                       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
}

TEST(SigningTest, AKeyComesBackFromItsFileOnlyByItsPassphrase) {
  const SigningKey key = SigningKey::Random();
  const std::string open = key.ToFile(""), closed = key.ToFile("correct horse");
  EXPECT_FALSE(SigningKey::NeedsPassphrase(open));
  EXPECT_TRUE(SigningKey::NeedsPassphrase(closed));
  EXPECT_EQ(SigningKey::FromFile(open, "").value().public_key(), key.public_key());
  const auto again = SigningKey::FromFile(closed, "correct horse");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(Verifies(key.public_key(), "x", again->Sign("x")));
  EXPECT_EQ(SigningKey::FromFile(closed, "wrong horse").error().code, Errc::kCorrupt);
  EXPECT_EQ(SigningKey::FromFile(closed, "").error().code, Errc::kInvalidArgument);
  for (const char* garbage : {"", "{}", "[]", "{\"format\":1}", "\xff"})
    EXPECT_EQ(SigningKey::FromFile(garbage, "").error().code, Errc::kCorrupt) << garbage;
}

TEST(SigningTest, TheOrderOfFieldsAndSpacesDoNotCount) {
  EXPECT_EQ(Canonical(Json::parse(R"({"b": [1, "ä\"\\"], "a": {"z": null, "y": true}})")).value(),
            R"({"a":{"y":true,"z":null},"b":[1,"ä\"\\"]})");
}

TEST(SigningTest, WhatToolsWriteInDifferentWaysCannotBeSigned) {
  for (const char* text : {"[1.5]", "[\"a\\nb\"]", "{\"a\\u0001\": 1}", "[1e3]"})
    EXPECT_EQ(Canonical(Json::parse(text)).error().code, Errc::kCorrupt) << text;
  std::string deep(40, '[');
  EXPECT_FALSE(Canonical(Json::parse(deep + std::string(40, ']'))));
  const std::string deeper(200000, '[');
  const auto bomb = SignedDocument::Parse(R"({"signatures":[],"signed":{"a":)" + deeper +
                                          std::string(deeper.size(), ']') + "}}");
  EXPECT_EQ(bomb.error().code, Errc::kCorrupt);
}

TEST(SigningTest, ADocumentKeepsItsSignaturesOnItsWayThroughAText) {
  auto document = SignedDocument::Make(Json{{"_type", "toy"}, {"n", 1}}).value();
  const SigningKey one = SigningKey::Random(), other = SigningKey::Random();
  document.Add(one);
  document.Add(other);
  document.Add(one);  // Once more is not twice.
  const auto again = SignedDocument::Parse(document.ToText());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->body, document.body);
  ASSERT_EQ(again->signatures.size(), 2U);
  EXPECT_TRUE(Verifies(other.public_key(), again->body, again->signatures[0].hex));
}

TEST(SigningTest, TimesGoThereAndBack) {
  EXPECT_EQ(InstantText(1795867200), "2026-11-28T12:00:00Z");
  EXPECT_EQ(ParseInstant("2026-11-28T12:00:00Z").value(), 1795867200);
  EXPECT_EQ(ParseInstant("1970-01-01T00:00:00Z").value(), 0);
  for (const char* wrong : {"", "2026-02-30T00:00:00Z", "2026-11-28T24:00:00Z",
                            "2026-11-28 12:00:00Z", "2026-11-28T12:00:00+01:00"})
    EXPECT_FALSE(ParseInstant(wrong)) << wrong;
}

}  // namespace
}  // namespace euphone
