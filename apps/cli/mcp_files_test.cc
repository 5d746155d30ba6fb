#include "mcp_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class FileUnderTest : public ::testing::Test {
 protected:
  FileUnderTest() {
    std::string name = (fs::canonical(fs::temp_directory_path()) / "files.XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "root/deep");
    for (const char* const file : {"root/in.wav", "root/deep/in.wav", "out.wav", "rootless.wav"})
      EXPECT_TRUE(WriteFileAtomically(folder_ / file, "x"));
    fs::create_symlink(folder_ / "out.wav", folder_ / "root/leads_out.wav");
    fs::create_directory_symlink(folder_, folder_ / "root/up");
    fs::create_symlink("../in.wav", folder_ / "root/deep/leads_in.wav");
  }
  ~FileUnderTest() override { fs::remove_all(folder_); }

  Result<fs::path> Under(const std::string& path) {
    return FileUnder(folder_ / "root", folder_ / path);
  }

  fs::path folder_;
};

TEST_F(FileUnderTest, GivesTheFileThatAPathLeadsToInTheFolder) {
  EXPECT_EQ(Under("root/in.wav").value(), folder_ / "root/in.wav");
  EXPECT_EQ(Under("root/deep/../in.wav").value(), folder_ / "root/in.wav");
  EXPECT_EQ(Under("root/deep/leads_in.wav").value(), folder_ / "root/in.wav");
  EXPECT_EQ(FileUnder("/", folder_ / "out.wav").value(), folder_ / "out.wav");
}

TEST_F(FileUnderTest, RefusesWhatLiesOutsideBeItThereOrNot) {
  for (const char* const path : {"out.wav", "rootless.wav", "none.wav", "root/../out.wav",
                                 "root/leads_out.wav", "root/up/out.wav", "root/up/none.wav"}) {
    const auto file = Under(path);
    ASSERT_FALSE(file) << path;
    EXPECT_EQ(file.error().code, Errc::kInvalidArgument) << path;
    EXPECT_THAT(file.error().message, HasSubstr("outside"));
  }
}

TEST_F(FileUnderTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(Under("root/none.wav").error().code, Errc::kNotFound);
  EXPECT_EQ(Under("root/deep").error().code, Errc::kUnsupported);
  EXPECT_EQ(Under("root/in.wav/x").error().code, Errc::kNotFound);
  EXPECT_EQ(FileUnder(folder_, "").error().code, Errc::kInvalidArgument);
  EXPECT_EQ(FileUnder(folder_, std::string("a\0b", 3)).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone::cli
