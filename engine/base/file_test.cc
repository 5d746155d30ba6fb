#include "base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

namespace euphone {
namespace {

namespace fs = std::filesystem;

class File : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_ =
      fs::temp_directory_path() / ("euphone_file_test_" + std::to_string(::getpid()));
};

TEST_F(File, ReadsBackWhatWasWritten) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", "hello"));
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", "again"));
  EXPECT_EQ(ReadFile(folder_ / "a", 5).value(), "again");
}

TEST_F(File, LeavesNoTemporaryFileBehind) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", "hello"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(File, RefusesAFileOverTheLimit) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", "hello"));
  EXPECT_EQ(ReadFile(folder_ / "a", 4).error().code, Errc::kTooLarge);
}

TEST_F(File, NamesTheFileThatIsMissing) {
  const auto missing = ReadFile(folder_ / "nowhere", 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
  EXPECT_NE(missing.error().message.find("nowhere"), std::string::npos);
}

TEST_F(File, RefusesADirectory) {
  EXPECT_EQ(ReadFile(folder_, 10).error().code, Errc::kIo);
  EXPECT_EQ(MappedFile::Open(folder_).error().code, Errc::kIo);
}

TEST_F(File, FailsClearlyWhereItMayNotWrite) {
  EXPECT_FALSE(WriteFileAtomically(folder_ / "no" / "such" / "folder", "x"));
}

TEST_F(File, AMappingSurvivesBeingMoved) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", "xyz"));
  auto first = MappedFile::Open(folder_ / "a");
  ASSERT_TRUE(first);
  const MappedFile second = std::move(*first);
  ASSERT_EQ(second.bytes().size(), 3u);
  EXPECT_EQ(std::to_integer<char>(second.bytes()[2]), 'z');
}

TEST_F(File, MapsAnEmptyFileToNoBytes) {
  ASSERT_TRUE(WriteFileAtomically(folder_ / "a", ""));
  EXPECT_TRUE(MappedFile::Open(folder_ / "a").value().bytes().empty());
}

}  // namespace
}  // namespace euphone
