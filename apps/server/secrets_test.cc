#include "server/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "base/private_file.h"
#include "server/certificate.h"

namespace euphone::server {
namespace {

namespace fs = std::filesystem;

class PrivateFolder : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  static mode_t ModeOf(const fs::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777;
  }
  const fs::path folder_ =
      fs::path(::testing::TempDir()) /
      (std::string("euphone-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST(SecretsTest, RandomSecretsAreOfTheLengthThatWasAskedForAndDiffer) {
  const auto a = RandomHex(16), b = RandomHex(16);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->size(), 32U);
  EXPECT_NE(*a, *b);
  const auto digits = RandomDigits(8);
  ASSERT_TRUE(digits);
  EXPECT_EQ(digits->size(), 8U);
  EXPECT_EQ(digits->find_first_not_of("0123456789"), std::string::npos);
}

TEST(SecretsTest, DigestsAreThoseOfTheStandard) {
  // FIPS 180-2, B.1.
  EXPECT_EQ(*Sha256Of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(SameSecret("abc", "abc"));
  EXPECT_FALSE(SameSecret("abc", "abd"));
  EXPECT_FALSE(SameSecret("abc", "ab"));
}

TEST(SecretsTest, Base64IsDecodedAndWhatIsNoneRefused) {
  EXPECT_EQ(Base64Decoded("eyJhIjoxfQ=="), "{\"a\":1}");
  EXPECT_EQ(Base64Decoded("YWI="), "ab");
  EXPECT_EQ(Base64Decoded(""), "");
  for (const char* wrong : {"a", "ab!d", "YWI", "===="})
    EXPECT_NE(Base64Decoded(wrong), "ab") << wrong;
}

using PrivateFileTest = PrivateFolder;

TEST_F(PrivateFileTest, NobodyElseCanReadWhatIsWritten) {
  ASSERT_TRUE(WritePrivateFile(folder_ / "in" / "key", "secret"));
  EXPECT_EQ(ModeOf(folder_ / "in" / "key"), 0600U);
  EXPECT_EQ(ModeOf(folder_ / "in"), 0700U);
  ASSERT_TRUE(WritePrivateFile(folder_ / "in" / "key", "other"));
  EXPECT_EQ(*ReadFile(folder_ / "in" / "key", 100), "other");
}

TEST_F(PrivateFileTest, AFolderThatIsAFileIsToldInOneLine) {
  fs::create_directories(folder_);
  std::ofstream(folder_ / "file") << "x";
  EXPECT_FALSE(WritePrivateFile(folder_ / "file" / "key", "secret"));
}

using CertificateTest = PrivateFolder;

TEST_F(CertificateTest, ItIsMadeOnceAndKept) {
  const fs::path file = folder_ / "certificate.pem";
  const auto made = OpenCertificate(file, "kitchen");
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->fingerprint.size(), 95U);
  EXPECT_EQ(ModeOf(file), 0600U);
  const auto kept = OpenCertificate(file, "kitchen");
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->fingerprint, made->fingerprint);
}

TEST_F(CertificateTest, ADamagedOneIsNamedAndNotReplaced) {
  const fs::path file = folder_ / "certificate.pem";
  fs::create_directories(folder_);
  std::ofstream(file) << "-----BEGIN CERTIFICATE-----\nno\n";
  const auto opened = OpenCertificate(file, "kitchen");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kCorrupt);
  EXPECT_NE(opened.error().message.find("certificate.pem"), std::string::npos);
}

}  // namespace
}  // namespace euphone::server
