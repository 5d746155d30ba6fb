#include "update/trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model/digest.h"
#include "update/update_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::kDay;
using fixture::kNow;

class TrustTest : public ::testing::Test {
 protected:
  TrustTest()
      : root_(fixture::FreshFolder("trust")),
        repository_(fixture::PublishedRepository(root_ / "repository", keys_)) {
    Publish("1.0.0");
    EXPECT_TRUE(TrustStore::Begin(root_ / "device", Text("1.root.json")));
  }

  void Publish(const std::string& version) {
    fixture::Publish(repository_, keys_,
                     fixture::BundleFolder(root_ / version, "toy", version, "model " + version));
  }
  std::string Text(const std::string& file) {
    return ReadFile(root_ / "repository" / "metadata" / file, 1 << 20).value();
  }
  void Replace(const std::string& file, const std::string& text) {
    ASSERT_TRUE(WriteFileAtomically(root_ / "repository" / "metadata" / file, text));
  }
  Result<TargetsMetadata> Refresh(std::int64_t now = kNow) {
    auto store = TrustStore::Open(root_ / "device");
    if (!store) return store.error();
    FolderSource source(root_ / "repository");
    return store->Refresh(source, now);
  }
  std::string Refusal(std::int64_t now = kNow) {
    const auto targets = Refresh(now);
    return targets ? "" : targets.error().message;
  }

  fixture::Keys keys_;
  fs::path root_;
  Repository repository_;
};

TEST_F(TrustTest, WhatIsSignedIsBelievedAndRemembered) {
  const auto targets = Refresh();
  ASSERT_TRUE(targets) << targets.error().message;
  ASSERT_EQ(targets->releases.size(), 1U);
  EXPECT_EQ(targets->releases[0].label(), "toy 1.0.0");
  EXPECT_EQ(targets->releases[0].licences, std::vector<std::string>{"MIT"});
  EXPECT_EQ(targets->releases[0].accuracy[0].value, "99.5");
  Publish("1.1.0");
  EXPECT_EQ(Refresh()->Newest("toy")->version, "1.1.0");
  EXPECT_EQ(TrustStore::Open(root_ / "device")->targets()->releases.size(), 2U);
}

TEST_F(TrustTest, AForeignSignatureIsWorthNothing) {
  for (const char* file : {"timestamp.json", "1.snapshot.json", "1.targets.json"}) {
    const std::string good = Text(file);
    auto forged = SignedDocument::Parse(good).value();
    forged.signatures.clear();
    forged.Add(SigningKey::Random());
    Replace(file, forged.ToText());
    EXPECT_NE(Refusal(), "") << file;
    Replace(file, good);
  }
  EXPECT_EQ(Refusal(), "");
}

TEST_F(TrustTest, AChangedByteAnywhereIsNoticed) {
  for (const char* file : {"timestamp.json", "1.snapshot.json", "1.targets.json"}) {
    const std::string good = Text(file);
    for (std::size_t at = 0; at < good.size(); at += 37) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 1);
      if (SignedDocument::Parse(bad) &&
          SignedDocument::Parse(bad)->body == SignedDocument::Parse(good)->body)
        continue;  // A space outside what is signed; a signature's digit is told apart below.
      Replace(file, bad);
      EXPECT_NE(Refusal(), "") << file << " at " << at;
    }
    Replace(file, good);
  }
}

TEST_F(TrustTest, ARepositoryThatGoesBackIsRefused) {
  const std::string old_timestamp = Text("timestamp.json");
  Publish("1.1.0");
  ASSERT_EQ(Refusal(), "");
  Replace("timestamp.json", old_timestamp);
  EXPECT_THAT(Refusal(), ::testing::HasSubstr("goes back"));
}

TEST_F(TrustTest, TheHubsKeyAloneCannotBringReleasesBackOrNewOnes) {
  Publish("1.1.0");
  ASSERT_EQ(Refusal(), "");
  // Its own snapshot, of the old releases.
  const std::string old_targets = Text("1.targets.json");
  const auto digest = [](const std::string& text) {
    return FileDigest{.length = std::ssize(text),
                      .sha256 = Sha256Hex(std::as_bytes(std::span(text)))};
  };
  const auto made = [&](const PointerMetadata& pointer, Role role) {
    auto document = SignedDocument::Make(ToJson(pointer, role)).value();
    document.Add(keys_.hub);
    return document.ToText();
  };
  const PointerMetadata snapshot{
      .version = 9, .expires = kNow + kDay, .target_version = 1, .target = digest(old_targets)};
  Replace("9.snapshot.json", made(snapshot, Role::kSnapshot));
  const PointerMetadata timestamp{.version = 9,
                                  .expires = kNow + kDay,
                                  .target_version = 9,
                                  .target = digest(Text("9.snapshot.json"))};
  Replace("timestamp.json", made(timestamp, Role::kTimestamp));
  EXPECT_THAT(Refusal(), ::testing::HasSubstr("goes back"));
  // Releases of its own.
  auto own = SignedDocument::Parse(Text("2.targets.json")).value();
  own.signatures.clear();
  own.Add(keys_.hub);
  Replace("3.targets.json", own.ToText());
  PointerMetadata next = snapshot;
  next.version = 10;
  next.target_version = 3;
  next.target = digest(own.ToText());
  Replace("10.snapshot.json", made(next, Role::kSnapshot));
  PointerMetadata then = timestamp;
  then.version = then.target_version = 10;
  then.target = digest(Text("10.snapshot.json"));
  Replace("timestamp.json", made(then, Role::kTimestamp));
  EXPECT_THAT(Refusal(), ::testing::HasSubstr("not signed by enough keys"));
}

TEST_F(TrustTest, WhatHasExpiredIsRefusedAlsoWhenTheClockIsSetBack) {
  ASSERT_EQ(Refusal(), "");
  EXPECT_THAT(Refusal(kNow + 8 * kDay), ::testing::HasSubstr("expired at 2026-12-05"));
  // Signed anew, and believed on the ninth day: from then on it is not the first day again.
  ASSERT_TRUE(repository_.Announce({keys_.hub}, kNow + 30 * kDay, kNow + 10 * kDay));
  ASSERT_EQ(Refusal(kNow + 9 * kDay), "");
  ASSERT_TRUE(repository_.Announce({keys_.hub}, kNow + 30 * kDay, kNow + 8 * kDay));
  EXPECT_THAT(Refusal(kNow), ::testing::HasSubstr("expired"));
}

TEST_F(TrustTest, AClockThatRanAheadDoesNotLockTheDeviceOut) {
  ASSERT_EQ(Refusal(), "");
  EXPECT_NE(Refusal(kNow + 20000 * kDay), "");
  EXPECT_EQ(Refusal(), "");
}

TEST_F(TrustTest, KeysAreRotatedByThoseBeforeThemAndRevokedOnesCountNoMore) {
  ASSERT_EQ(Refusal(), "");
  const SigningKey next = SigningKey::Random();
  RootMetadata root = repository_.root();
  auto& ids = root.of(Role::kTargets).key_ids;
  root.keys.erase(ids[0]);
  ids = {next.public_key().id()};
  root.keys.emplace(ids[0], next.public_key());
  ASSERT_TRUE(repository_.DraftRoot(root, kNow + 400 * kDay));
  ASSERT_TRUE(repository_.Sign(keys_.roots[1]));
  EXPECT_EQ(repository_.Drafts().size(), 1U) << "one signature of two";
  ASSERT_TRUE(repository_.Sign(keys_.roots[2]));
  EXPECT_TRUE(repository_.Drafts().empty());
  // The old releases bear the revoked signature.
  EXPECT_THAT(Refusal(), ::testing::HasSubstr("not signed by enough keys"));
  ASSERT_TRUE(repository_.Renew(kNow + 180 * kDay));
  EXPECT_FALSE(repository_.Sign(keys_.releases));
  ASSERT_TRUE(repository_.Sign(next));
  ASSERT_TRUE(repository_.Announce({keys_.hub}, kNow + 30 * kDay, kNow + 7 * kDay));
  EXPECT_EQ(Refusal(), "");
  EXPECT_EQ(TrustStore::Open(root_ / "device")->root().version, 2);
}

TEST_F(TrustTest, ANewRootThatTheOldKeysDoNotStandForIsNotFollowed) {
  ASSERT_EQ(Refusal(), "");
  fixture::Keys thief;
  RootMetadata root = thief.Root();
  root.version = 2;
  auto document = SignedDocument::Make(ToJson(root)).value();
  for (const SigningKey& key : thief.roots) document.Add(key);
  document.Add(keys_.roots[0]);  // He has one of the three.
  Replace("2.root.json", document.ToText());
  EXPECT_THAT(Refusal(), ::testing::HasSubstr("not signed by enough keys"));
  EXPECT_EQ(TrustStore::Open(root_ / "device")->root().version, 1);
}

TEST_F(TrustTest, OneKeyUnderTwoNamesCountsOnce) {
  RootMetadata root = keys_.Root();
  auto json = ToJson(root);
  const std::string id = keys_.roots[0].public_key().id(), alias(64, 'a');
  json["keys"][alias] = json["keys"][id];
  EXPECT_FALSE(ParseRoot(json.dump()));
}

TEST_F(TrustTest, WithoutARootNothingIsTrusted) {
  const auto store = TrustStore::Open(root_ / "elsewhere");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::kNotFound);
  EXPECT_FALSE(TrustStore::Begin(root_ / "elsewhere", Text("1.targets.json")));
  EXPECT_FALSE(TrustStore::Begin(root_ / "elsewhere", "{}"));
}

}  // namespace
}  // namespace euphone
