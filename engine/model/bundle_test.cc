#include "model/bundle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <span>
#include <string>

#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class BundleFiles : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  /// Opens the bundle in both forms and expects the same failure from both.
  void ExpectRefused(Errc code, const std::string& file, const std::string& complaint) {
    maker_.WriteFolder(folder_ / "bundle");
    const auto from_folder = Bundle::Open(folder_ / "bundle");
    const std::string tar = maker_.Tar();
    const auto from_tar = Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone");
    for (const auto* bundle : {&from_folder, &from_tar}) {
      ASSERT_FALSE(*bundle);
      EXPECT_EQ(bundle->error().code, code);
      EXPECT_THAT(bundle->error().message, AllOf(HasSubstr(file), HasSubstr(complaint)));
    }
  }

  fs::path folder_ =
      fs::temp_directory_path() / ("euphone_bundle_test_" + std::to_string(::getpid()));
  testing::BundleMaker maker_ = testing::BundleMaker::Acoustic("weights");
};

std::string TextOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_F(BundleFiles, AreTheSameFromAFolderAndFromASingleFile) {
  maker_.WriteFolder(folder_ / "bundle");
  std::ofstream(folder_ / "one.euphone", std::ios::binary) << maker_.Tar();
  const auto from_folder = Bundle::Open(folder_ / "bundle");
  const auto from_file = Bundle::Open(folder_ / "one.euphone");
  ASSERT_TRUE(from_folder) << from_folder.error().message;
  ASSERT_TRUE(from_file) << from_file.error().message;
  for (const BundleFile& file : from_folder->manifest().files) {
    EXPECT_EQ(TextOf(from_folder->bytes(file.path)), maker_.files[file.path]);
    EXPECT_EQ(TextOf(from_file->bytes(file.path)), maker_.files[file.path]);
  }
  EXPECT_TRUE(from_folder->Verify());
  EXPECT_TRUE(from_file->Verify());
  EXPECT_EQ(from_file->name(), (folder_ / "one.euphone").string());
}

TEST_F(BundleFiles, StayReadableWhenTheBundleIsMoved) {
  const std::string tar = maker_.Tar();
  auto first = Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone");
  ASSERT_TRUE(first);
  const Bundle second = std::move(*first);
  EXPECT_EQ(TextOf(second.bytes("model.onnx")), "weights");
}

TEST_F(BundleFiles, AreReadAgainAfterTheyWereForgotten) {
  maker_.WriteFolder(folder_ / "bundle");
  const std::string tar = maker_.Tar();
  const auto from_folder = Bundle::Open(folder_ / "bundle");
  const auto from_tar = Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone");
  for (const auto* bundle : {&from_folder, &from_tar}) {
    ASSERT_TRUE(*bundle) << bundle->error().message;
    for (int times = 0; times < 2; ++times) {
      (*bundle)->Forget("model.onnx");
      EXPECT_EQ(TextOf((*bundle)->bytes("model.onnx")), maker_.files["model.onnx"]);
    }
    EXPECT_TRUE((*bundle)->Verify());
  }
}

TEST_F(BundleFiles, MayLieBesideOthersThatTheManifestDoesNotName) {
  maker_.files["README"] = "hello";
  maker_.WriteFolder(folder_ / "bundle");
  EXPECT_TRUE(Bundle::Open(folder_ / "bundle"));
  const std::string tar = maker_.Tar();
  EXPECT_TRUE(Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone"));
}

TEST_F(BundleFiles, AreRefusedWhenOneIsMissing) {
  maker_.files.erase("model.onnx");
  maker_.WriteFolder(folder_ / "bundle");
  const auto from_folder = Bundle::Open(folder_ / "bundle");
  ASSERT_FALSE(from_folder);
  EXPECT_THAT(from_folder.error().message, HasSubstr("bundle: model.onnx: is not there"));
  const std::string tar = maker_.Tar();
  const auto from_tar = Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone");
  ASSERT_FALSE(from_tar);
  EXPECT_EQ(from_tar.error().message, "x.euphone: model.onnx: is not in the bundle file");
}

TEST_F(BundleFiles, AreRefusedWhenOneIsTooShort) {
  maker_.files["model.onnx"] = "weight";
  ExpectRefused(Errc::kCorrupt, "model.onnx", "has 6 bytes instead of 7");
}

TEST_F(BundleFiles, AreRefusedWhenTheManifestIsDamaged) {
  maker_.manifest["acoustic"].erase("rate_hz");
  ExpectRefused(Errc::kCorrupt, "manifest.json", "acoustic.rate_hz: is missing");
}

TEST_F(BundleFiles, OpenWithAWrongDigestButDoNotVerify) {
  maker_.files["model.onnx"] = "Weights";
  const std::string tar = maker_.Tar();
  const auto bundle = Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone");
  ASSERT_TRUE(bundle);
  EXPECT_TRUE(bundle->Verify("LICENSE"));
  const auto whole = bundle->Verify();
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().code, Errc::kCorrupt);
  EXPECT_THAT(whole.error().message, HasSubstr("x.euphone: model.onnx: damaged"));
}

TEST_F(BundleFiles, AreRefusedWhereverTheSingleFileIsCutShort) {
  const std::string tar = maker_.Tar();
  const std::size_t end = tar.find("Do as you like") + 5;  // inside the licence, packed first
  for (std::size_t size = 0; size < end; size += 97) {
    const auto bundle = Bundle::Read(std::as_bytes(std::span(tar).first(size)), "cut.euphone");
    ASSERT_FALSE(bundle) << size;
    EXPECT_THAT(bundle.error().message, HasSubstr("cut.euphone: ")) << size;
  }
}

TEST_F(BundleFiles, AreNotReadFromLinksInASingleFile) {
  std::string tar = maker_.Tar();
  const std::size_t header = tar.find("model.onnx", tar.find("LICENSE", 1024));
  ASSERT_NE(header, std::string::npos);
  tar[header + 156] = '2';  // typeflag of a symbolic link; the checksum no longer fits either
  EXPECT_FALSE(Bundle::Read(std::as_bytes(std::span(tar)), "x.euphone"));
}

TEST_F(BundleFiles, AreNotReadFromAPipe) {
  maker_.WriteFolder(folder_ / "bundle");
  fs::remove(folder_ / "bundle" / "model.onnx");
  ASSERT_EQ(::mkfifo((folder_ / "bundle" / "model.onnx").c_str(), 0600), 0);
  const auto bundle = Bundle::Open(folder_ / "bundle");
  ASSERT_FALSE(bundle);
  EXPECT_THAT(bundle.error().message, HasSubstr("model.onnx: is not a regular file"));
}

TEST_F(BundleFiles, AreNotFoundWhereThereIsNothing) {
  const auto bundle = Bundle::Open(folder_ / "nothing");
  ASSERT_FALSE(bundle);
  EXPECT_EQ(bundle.error().code, Errc::kNotFound);
  EXPECT_THAT(bundle.error().message, HasSubstr("nothing: is not there"));
}

TEST_F(BundleFiles, AreRefusedWhenTheSingleFileIsSomethingElse) {
  std::ofstream(folder_ / "song.mp3") << "ID3 la la la";
  EXPECT_EQ(Bundle::Open(folder_ / "song.mp3").error().code, Errc::kCorrupt);
}

}  // namespace
}  // namespace euphone
