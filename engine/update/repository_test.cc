#include "update/repository.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/file.h"
#include "update/download.h"
#include "update/update_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::kDay;
using fixture::kNow;

class RepositoryTest : public ::testing::Test {
 protected:
  RepositoryTest()
      : root_(fixture::FreshFolder("repository")),
        repository_(fixture::PublishedRepository(root_ / "repository", keys_)) {}

  Release Publish(const std::string& version, const std::string& model) {
    return fixture::Publish(repository_, keys_,
                            fixture::BundleFolder(root_ / version, "toy", version, model));
  }
  Result<DownloadReport> Fetch(const Release& release, const fs::path& folder,
                               const DownloadOptions& options = {}) {
    FolderSource source(root_ / "repository");
    return Download(release, source, folder, options);
  }

  fixture::Keys keys_;
  fs::path root_;
  Repository repository_;
};

TEST_F(RepositoryTest, AReleaseArrivesAsItWasMade) {
  const Release release = Publish("1.0.0", fixture::Noise(700000, 1));
  const auto report = Fetch(release, root_ / "device");
  ASSERT_TRUE(report) << report.error().message;
  const auto bundle = Bundle::Open(root_ / "device");
  ASSERT_TRUE(bundle) << bundle.error().message;
  EXPECT_TRUE(bundle->Verify());
  EXPECT_EQ(bundle->manifest().version, "1.0.0");
  EXPECT_EQ(report->reused + report->resumed, 0);
  EXPECT_GE(report->fetched, 700000);
}

TEST_F(RepositoryTest, OnlyWhatHasChangedIsFetched) {
  std::string model = fixture::Noise(3 << 20, 2);
  const Release first = Publish("1.0.0", model);
  ASSERT_TRUE(Fetch(first, root_ / "old"));
  model[1 << 20] ^= 1;
  const Release second = Publish("1.1.0", model);
  const auto report = Fetch(second, root_ / "new", {.installed = {root_ / "old"}, .progress = {}});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_LT(report->fetched, 400000);
  EXPECT_GT(report->reused, 2800000);
  EXPECT_TRUE(Bundle::Open(root_ / "new")->Verify());
}

TEST_F(RepositoryTest, ADownloadGoesOnWhereItWasCutShort) {
  const Release release = Publish("1.0.0", fixture::Noise(2 << 20, 3));
  for (std::int64_t stop = 200000; stop < 2000000; stop += 400000) {
    const auto report =
        Fetch(release, root_ / "device",
              {.installed = {}, .progress = [&](auto, auto done, auto) { return done < stop; }});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, Errc::kInvalidArgument);
    // What a loss of power leaves at the end of a file.
    std::ofstream(root_ / "device" / "model.onnx~", std::ios::app) << "garbage";
  }
  const auto report = Fetch(release, root_ / "device");
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GT(report->resumed, 1500000);
  EXPECT_LT(report->fetched, 700000);
  EXPECT_TRUE(Bundle::Open(root_ / "device")->Verify());
  EXPECT_EQ(Fetch(release, root_ / "device")->resumed, report->bytes) << "all is there";
}

TEST_F(RepositoryTest, APieceThatWasChangedOnTheWayIsNeverWritten) {
  const Release release = Publish("1.0.0", fixture::Noise(500000, 4));
  for (int damage = 0; damage < 3; ++damage) {
    int pieces = 0;
    fixture::ChangedSource source(root_ / "repository",
                                  [&](const std::string& path, Result<std::string>& content) {
                                    if (!path.ends_with(".zst") || ++pieces != 4) return;
                                    if (damage == 0) (*content)[content->size() / 2] ^= 1;
                                    if (damage == 1) content->resize(content->size() / 2);
                                    if (damage == 2)
                                      content = Error{Errc::kNotFound, path + ": is gone"};
                                  });
    const auto report = Download(release, source, root_ / "device", {});
    ASSERT_FALSE(report);
    EXPECT_FALSE(Bundle::Open(root_ / "device"));
    fs::remove_all(root_ / "device");
  }
}

TEST_F(RepositoryTest, AnIndexThatWasNotSignedForIsNotRead) {
  const Release release = Publish("1.0.0", "model");
  fixture::ChangedSource source(root_ / "repository",
                                [](const std::string& path, Result<std::string>& content) {
                                  if (path.ends_with(".index")) *content += "file more\n";
                                });
  EXPECT_EQ(Download(release, source, root_ / "device", {}).error().code, Errc::kCorrupt);
}

TEST_F(RepositoryTest, AVersionOnlyRises) {
  Publish("1.1.0", "model");
  const auto bundle = Bundle::Open(fixture::BundleFolder(root_ / "x", "toy", "1.1.0", "other"));
  EXPECT_EQ(repository_.Add(*bundle, {}, kNow + kDay, nullptr).error().code,
            Errc::kInvalidArgument);
}

TEST_F(RepositoryTest, ADraftWaitsForItsSignaturesAndAForeignKeyHasNothingToSign) {
  const auto bundle = Bundle::Open(fixture::BundleFolder(root_ / "x", "toy", "1.0.0", "model"));
  ASSERT_TRUE(repository_.Add(*bundle, {}, kNow + kDay, nullptr));
  ASSERT_EQ(repository_.Drafts().size(), 1U);
  EXPECT_FALSE(repository_.Sign(SigningKey::Random()));
  EXPECT_FALSE(repository_.Sign(keys_.hub));
  EXPECT_FALSE(repository_.Announce({keys_.hub}, kNow + kDay, kNow + kDay)) << "nothing published";
  ASSERT_TRUE(repository_.Sign(keys_.releases));
  EXPECT_TRUE(repository_.Drafts().empty());
  EXPECT_FALSE(repository_.Announce({keys_.releases}, kNow + kDay, kNow + kDay));
  EXPECT_TRUE(repository_.Announce({keys_.hub}, kNow + kDay, kNow + kDay));
}

TEST_F(RepositoryTest, AnAnnouncementThatSaysNothingNewMakesNoNewSnapshot) {
  Publish("1.0.0", "model");
  ASSERT_TRUE(repository_.Announce({keys_.hub}, kNow + 30 * kDay, kNow + 8 * kDay));
  const auto announced = repository_.Announced();
  ASSERT_TRUE(announced && *announced);
  EXPECT_EQ((*announced)->version, 2);
  EXPECT_EQ((*announced)->target_version, 1);
}

TEST_F(RepositoryTest, AWithdrawnReleaseIsOfferedNoMore) {
  Publish("1.0.0", "model");
  Publish("1.1.0", "model 2");
  ASSERT_TRUE(repository_.Withdraw("toy", "1.1.0", kNow + kDay));
  ASSERT_TRUE(repository_.Sign(keys_.releases));
  EXPECT_EQ(Repository::Open(root_ / "repository")->targets().Newest("toy")->version, "1.0.0");
  EXPECT_EQ(repository_.Withdraw("toy", "9.9.9", kNow + kDay).error().code, Errc::kNotFound);
}

TEST_F(RepositoryTest, AFolderWithoutARepositorySaysHowToMakeOne) {
  const auto none = Repository::Open(root_ / "nothing");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("bundle init"), std::string::npos);
  EXPECT_FALSE(Repository::Create(root_ / "repository", keys_.Root()));
}

}  // namespace
}  // namespace euphone
