#include "evaluate_part.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

std::string Line(const std::string& utt) {
  return RecordLine(TextRecord{.utt = utt, .other = "x", .own_text = {}, .other_text = {}});
}

class PartFileTest : public testing::Test {
 protected:
  PartFileTest() : path_(fs::path(testing::TempDir()) / "evaluate_test.part") { fs::remove(path_); }
  ~PartFileTest() override { fs::remove(path_); }

  std::string Content() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path path_;
};

TEST_F(PartFileTest, WhatWasAppendedIsThereAfterOpeningAgain) {
  {
    auto part = PartFile::Open(path_, "k");
    ASSERT_TRUE(part);
    ASSERT_TRUE(part->Append(Line("a")));
    ASSERT_TRUE(part->Append(Line("b")));
  }
  auto again = PartFile::Open(path_, "k");
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->begun_anew());
  EXPECT_EQ(again->records().texts.size(), 2u);
}

TEST_F(PartFileTest, HalfALineIsCutOffSoThatTheNextOneIsWhole) {
  const std::string header = "{\"part\":\"k\"}\n";
  std::ofstream(path_) << header << Line("a") << "\n" << Line("b").substr(0, 10);
  {
    auto part = PartFile::Open(path_, "k");
    ASSERT_TRUE(part->Append(Line("c")));
  }
  EXPECT_EQ(Content(), header + Line("a") + "\n" + Line("c") + "\n");
}

TEST_F(PartFileTest, AnotherKeyBeginsAnew) {
  {
    auto part = PartFile::Open(path_, "k");
    ASSERT_TRUE(part->Append(Line("a")));
  }
  auto part = PartFile::Open(path_, "other");
  EXPECT_TRUE(part->begun_anew());
  EXPECT_TRUE(part->records().texts.empty());
  EXPECT_EQ(Content(), "{\"part\":\"other\"}\n");
}

TEST_F(PartFileTest, RemoveLeavesNothingBehind) {
  auto part = PartFile::Open(path_, "k");
  part->Remove();
  EXPECT_FALSE(fs::exists(path_));
}

TEST_F(PartFileTest, WithoutAPathRecordsAreKeptInMemory) {
  auto part = PartFile::Open({}, "k");
  ASSERT_TRUE(part->Append(Line("a")));
  EXPECT_EQ(part->records().texts.size(), 1u);
}

TEST_F(PartFileTest, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(PartFile::Open(path_ / "none" / "x.part", "k"));
}

}  // namespace
}  // namespace euphone::cli
