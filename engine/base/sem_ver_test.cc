#include "base/sem_ver.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

// The example of semver.org, section 11.
TEST(SemVer, OrdersAsTheSpecificationSays) {
  const std::vector<std::string> rising = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                           "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                                           "1.0.0-rc.1",  "1.0.0",         "1.0.1",
                                           "1.2.0",       "1.10.0",        "2.0.0"};
  for (std::size_t a = 0; a < rising.size(); ++a) {
    for (std::size_t b = 0; b < rising.size(); ++b) {
      const auto left = ReadSemVer(rising[a]), right = ReadSemVer(rising[b]);
      ASSERT_TRUE(left && right);
      EXPECT_EQ(*left < *right, a < b) << rising[a] << " and " << rising[b];
      EXPECT_EQ(*left == *right, a == b);
    }
  }
}

TEST(SemVer, ComparesVersionsByTheirNumbers) {
  EXPECT_GT(ReadSemVer("1.10.0"), ReadSemVer("1.9.3"));
  EXPECT_LT(ReadSemVer("0.9.9"), ReadSemVer("1.0.0"));
  EXPECT_EQ(ReadSemVer("1.2.3"), ReadSemVer("1.2.3"));
}

TEST(SemVer, ForgetsTheBuildAndKeepsTheRest) {
  EXPECT_EQ(ReadSemVer("1.3.0+build.7"), ReadSemVer("1.3.0"));
  EXPECT_EQ(ReadSemVer("1.3.0-rc.2+x")->Text(), "1.3.0-rc.2");
  EXPECT_EQ(ReadSemVer("1.0.0-99999999999999999999999 "), std::nullopt);
  EXPECT_LT(*ReadSemVer("1.0.0-9"), *ReadSemVer("1.0.0-99999999999999999999999"));
}

TEST(SemVer, RefusesWhatIsNone) {
  for (const char* text :
       {"", "1", "1.3", "1.3.0.0", "v1.3.0", "01.3.0", "1.3.00", "1.3.0-", "1.3.0-01", "1.3.0+",
        "1.3.0-a..b", "1.3.x", "1.3.0-ä", "-1.0.0", "1. 3.0", "99999999999999999999.0.0"})
    EXPECT_EQ(ReadSemVer(text), std::nullopt) << text;
}

}  // namespace
}  // namespace euphone
