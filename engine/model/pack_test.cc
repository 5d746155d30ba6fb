#include "model/pack.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "model/testing/bundle_maker.h"

namespace euphone {
namespace {

TEST(PackTest, AFolderAndItsSingleFileArePackedToTheSameBytes) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "pack_test";
  std::filesystem::remove_all(folder);
  const auto maker = testing::BundleMaker::Acoustic("not for running");
  maker.WriteFolder(folder);
  const auto from_folder = PackBundle(Bundle::Open(folder).value());
  ASSERT_TRUE(from_folder) << from_folder.error().message;
  const auto again = Bundle::Read(std::as_bytes(std::span(*from_folder)), "packed");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(PackBundle(*again).value(), *from_folder);
  EXPECT_EQ(again->manifest_text(), maker.manifest.dump());
}

TEST(PackTest, ADamagedBundleIsNotPacked) {
  auto maker = testing::BundleMaker::Acoustic("not for running");
  maker.files["LICENSE"][0] = 'X';
  const std::string tar = maker.Tar();
  const auto bundle = Bundle::Read(std::as_bytes(std::span(tar)), "damaged");
  ASSERT_TRUE(bundle);
  const auto packed = PackBundle(*bundle);
  ASSERT_FALSE(packed);
  EXPECT_EQ(packed.error().code, Errc::kCorrupt);
}

}  // namespace
}  // namespace euphone
