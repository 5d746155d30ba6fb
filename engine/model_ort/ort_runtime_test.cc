#include "model_ort/ort_runtime.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(OrtRuntime, IsLoadedOnceAndTellsItsVersion) {
  const auto first = OrtRuntime::Get();
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(*first, *OrtRuntime::Get());
  EXPECT_THAT(RuntimeVersion().value(), StartsWith("1."));
}

TEST(OrtRuntime, TakesALibraryOfTheSameOrALaterVersion) {
  EXPECT_TRUE(CheckRuntimeVersion("1.21.0", 21));
  EXPECT_TRUE(CheckRuntimeVersion("1.32.0", 21));
  EXPECT_TRUE(CheckRuntimeVersion("1.21.0+dfsg", 21));
}

TEST(OrtRuntime, RefusesAnOlderLibrarySayingWhichOneWouldDo) {
  const auto status = CheckRuntimeVersion("1.15.1", 21);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kUnsupported);
  EXPECT_THAT(status.error().message, HasSubstr("1.15.1"));
  EXPECT_THAT(status.error().message, HasSubstr("needs 1.21 or later"));
}

TEST(OrtRuntime, RefusesAVersionItCannotRead) {
  for (const char* version : {"", "1", "1.", "1.x", "2.0.0", "unknown"}) {
    EXPECT_FALSE(CheckRuntimeVersion(version, 21)) << version;
  }
}

}  // namespace
}  // namespace euphone
