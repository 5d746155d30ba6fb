#include "hub/publication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/file.h"
#include "hub/published_references.h"
#include "model/testing/bundle_maker.h"
#include "update/update_fixture.h"

namespace euphone::hub {
namespace {

using fixture::kDay;
using fixture::kNow;
using ::testing::HasSubstr;

/// A repository on disk, handed in to a hub that keeps files in a map.
class PublicationTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fixture::FreshFolder("hub_publication");
    repository_.emplace(fixture::PublishedRepository(folder_ / "repository", keys_));
  }

  std::string ReadOf(const std::string& path) {
    return *ReadFile(folder_ / "repository" / path, 8 << 20);
  }
  Status Put(const std::string& path, const std::string& content, std::int64_t now = kNow) {
    Status sound = CheckPublished(path, content, read_, now);
    if (sound) published_[path] = content;
    return sound;
  }
  Status Put(const std::string& path) { return Put(path, ReadOf(path)); }

  /// All of it in the order of `fleet publish`, but for the timestamp.
  void PutRelease(int version) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_ / "repository" / "chunks")) {
      if (!entry.is_regular_file()) continue;
      ASSERT_TRUE(Put(std::filesystem::relative(entry, folder_ / "repository").string()));
    }
    for (const char* name : {".targets.json", ".snapshot.json"}) {
      const Status put = Put("metadata/" + std::to_string(version) + name);
      ASSERT_TRUE(put) << put.error().message;
    }
  }

  std::filesystem::path folder_;
  fixture::Keys keys_;
  std::optional<Repository> repository_;
  std::map<std::string, std::string> published_;
  ReadPublished read_ = [this](const std::string& path) -> Result<std::optional<std::string>> {
    const auto found = published_.find(path);
    return found == published_.end() ? std::nullopt : std::optional(found->second);
  };
};

TEST_F(PublicationTest, WhatDevicesBelieveIsTaken) {
  fixture::Publish(*repository_, keys_,
                   fixture::BundleFolder(folder_ / "b", "std", "1.0.0", "model"));
  ASSERT_TRUE(Put("metadata/1.root.json"));
  PutRelease(1);
  const Status put = Put("metadata/timestamp.json");
  EXPECT_TRUE(put) << put.error().message;
  EXPECT_TRUE(Put("metadata/timestamp.json")) << "the same again";
}

TEST_F(PublicationTest, AnothersSignaturesAreRefusedWithTheReason) {
  fixture::Publish(*repository_, keys_,
                   fixture::BundleFolder(folder_ / "b", "std", "1.0.0", "model"));
  EXPECT_THAT(Put("metadata/1.targets.json").error().message, HasSubstr("no metadata/1.root.json"));
  ASSERT_TRUE(Put("metadata/1.root.json"));
  const fixture::Keys others;
  auto forged = fixture::PublishedRepository(folder_ / "forged", others);
  fixture::Publish(forged, others, fixture::BundleFolder(folder_ / "c", "std", "1.0.0", "evil"));
  for (const char* name : {"1.targets.json", "1.snapshot.json", "timestamp.json"}) {
    const std::string path = std::string("metadata/") + name;
    const Status put = Put(path, *ReadFile(folder_ / "forged" / path, 8 << 20));
    ASSERT_FALSE(put) << name;
    EXPECT_EQ(put.error().code, Errc::kInvalidArgument);
    EXPECT_THAT(put.error().message, HasSubstr("signed by enough keys"));
  }
  EXPECT_FALSE(Put("metadata/2.root.json", "{}")) << "nor what is no root";
}

TEST_F(PublicationTest, ATimestampHoldsOnlyWithWhatItNames) {
  fixture::Publish(*repository_, keys_,
                   fixture::BundleFolder(folder_ / "b", "std", "1.0.0", "model"));
  const std::string first = ReadOf("metadata/timestamp.json");
  ASSERT_TRUE(Put("metadata/1.root.json"));
  EXPECT_THAT(Put("metadata/timestamp.json").error().message,
              HasSubstr("names metadata/1.snapshot.json, which is not here yet"));
  PutRelease(1);
  EXPECT_THAT(Put("metadata/timestamp.json", first, kNow + 8 * kDay).error().message,
              HasSubstr("expired at"));
  fixture::Publish(*repository_, keys_,
                   fixture::BundleFolder(folder_ / "c", "std", "1.1.0", "model 2"));
  PutRelease(2);
  ASSERT_TRUE(Put("metadata/timestamp.json"));
  EXPECT_THAT(Put("metadata/timestamp.json", first).error().message, HasSubstr("goes back"));
}

TEST_F(PublicationTest, AReferenceOfAPublishedBundleIsFound) {
  ScoreReference reference{.data = "made up", .speakers = 10};
  for (ScoreSample& unit : reference.units)
    unit = {.counts = std::vector<double>(kScoreBounds.size() + 1, 2.0),
            .effective = 10.0,
            .effective_level = 5.0};
  auto maker = euphone::testing::BundleMaker::Acoustic("model");
  maker.manifest["name"] = "std";
  maker.Add("reference.json", "reference", ToJson(reference));
  maker.WriteFolder(folder_ / "b");
  fixture::Publish(*repository_, keys_, folder_ / "b");
  ASSERT_TRUE(Put("metadata/1.root.json"));
  PublishedReferences references(read_, std::chrono::seconds(0));
  EXPECT_EQ(references.Find("std", "1.0.0"), nullptr) << "nothing holds yet";
  PutRelease(1);
  ASSERT_TRUE(Put("metadata/timestamp.json"));
  const ScoreReference* const found = references.Find("std", "1.0.0");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(*found, reference);
  fixture::Publish(*repository_, keys_,
                   fixture::BundleFolder(folder_ / "c", "std", "1.1.0", "model 2"));
  PutRelease(2);
  ASSERT_TRUE(Put("metadata/timestamp.json"));
  EXPECT_EQ(references.Find("std", "1.1.0"), nullptr) << "it has none";
  EXPECT_EQ(references.Find("std", "1.0.0"), found);
}

}  // namespace
}  // namespace euphone::hub
